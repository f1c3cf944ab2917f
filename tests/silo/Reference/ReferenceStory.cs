using System.Net.Http.Headers;
using System.Text;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Identity;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Reference;

/// <summary>A silo on a database of its own, to which every example of the reference has been sent once, in the order of a life.</summary>
public sealed class ReferenceStory : IAsyncLifetime
{
    private readonly LedgerServer _server = new();

    internal ServedSilo Silo { get; private set; } = null!;

    internal Recording Recording { get; } = new();

    /// <summary>What was answered to each example.</summary>
    internal List<(Operation Operation, Example Example, Answered Answered, string Text)> Told { get; } = [];

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        Silo = await ServedSilo.StartAsync(_server.Database);
        foreach (var operation in ServedDocument.Operations)
        {
            foreach (var example in operation.Described.Examples)
            {
                using var response = await SendAsync(operation, example.Target(operation.Path), example.Body, $"{operation.Described.Id}-{example.Name}", example.Accept);
                var answered = await Answered.ReadAsync(response);
                Told.Add((operation, example, answered, Recording.Keep(response.IsSuccessStatusCode ? answered.ContentType : null, answered.Text) ?? ""));
            }
        }
    }

    /// <summary>Sends a request to an operation as somebody who may.</summary>
    internal Task<HttpResponseMessage> SendAsync(Operation operation, string target, string? body, string? key = null, string? accept = null)
    {
        var content = body is null ? null : new StringContent(Recording.Real(body), Encoding.UTF8, operation.Described.BodyMedia);
        var request = ServedApi.Request(operation.Method, Recording.Real(target), operation.Access is null ? null : Silo.Token(Who(operation), "payments"), content, operation.IsPost ? key : null);
        if (accept is not null)
        {
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        }

        return Silo.SendAsItIsAsync(request);
    }

    // Whoever asks is a program; whoever decides must not have asked.
    private static string Who(Operation operation) =>
        operation.Access!.Roles is [PlatformRole.Operator, ..] ? "agent-7! gantral.operator"
        : operation.Access.NeedsRole ? $"ann: {operation.Access.Roles[0]}"
        : "alice: release-manager";

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await _server.DisposeAsync();
    }
}
