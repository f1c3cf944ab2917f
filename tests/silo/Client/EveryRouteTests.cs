using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Gantral.Client;
using Gantral.Silo.Gateway.Routes;
using Gantral.Silo.Tests.Gateway;

namespace Gantral.Silo.Tests.Client;

/// <summary>One method per operation: what every method of the client sends, held against the table of routes.</summary>
public sealed class EveryRouteTests
{
    // What other systems send, signed in their own way and not with a token.
    private static readonly string[] NotForClients = ["POST /v1/hooks/{hook_id}"];

    [Fact]
    public async Task Every_operation_has_a_method_and_every_method_an_operation()
    {
        var sent = await SentAsync();

        Assert.Empty(sent.Where(one => one.Value.IsEmpty).Select(one => one.Key));
        var reached = sent.ToDictionary(one => one.Key, one => Assert.Single(one.Value.Select(RouteOf).Distinct()));
        Assert.Empty(reached.Where(one => one.Value is null).Select(one => $"{one.Key} sends {sent[one.Key].First()}"));
        Assert.Equal(
            PaperRoutes.All.Select(Name).Except(NotForClients).Order(StringComparer.Ordinal),
            reached.Values.Distinct().Order(StringComparer.Ordinal));
    }

    // By the names of the methods.
    private static async Task<Dictionary<string, ConcurrentQueue<string>>> SentAsync()
    {
        var sent = new Dictionary<string, ConcurrentQueue<string>>(StringComparer.Ordinal);
        foreach (var group in typeof(GantralClient).GetProperties())
        {
            foreach (var method in group.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                var heard = new Hearing();
                using var client = new GantralClient(new GantralClientOptions { Address = new Uri("http://silo"), Token = _ => new("token") }, new HttpClient(heard));
                var answer = method.Invoke(group.GetValue(client), [.. method.GetParameters().Select(ValueOf)]);
                await Assert.ThrowsAsync<GantralException>(() => answer is Task task ? task : ((IAsyncEnumerable<StreamedEvent>)answer!).GetAsyncEnumerator().MoveNextAsync().AsTask());
                sent[$"{group.Name}.{method.Name}"] = heard.Requests;
            }
        }

        return sent;
    }

    private static object? ValueOf(ParameterInfo parameter) => parameter switch
    {
        { HasDefaultValue: true } => parameter.ParameterType.IsValueType && parameter.DefaultValue is null ? Activator.CreateInstance(parameter.ParameterType) : parameter.DefaultValue,
        { ParameterType: var type } when type == typeof(string) => "x",
        { ParameterType: var type } when type == typeof(Outcome) => new Completed(),
        { ParameterType: var type } when type == typeof(Stream) => Stream.Null,
        { ParameterType.IsInterface: true } => Array.Empty<EvidenceReference>(),
        { ParameterType: { IsValueType: true } type } => Activator.CreateInstance(type),
        { ParameterType: var type } => RuntimeHelpers.GetUninitializedObject(type),
    };

    // One whose path says it letter for letter comes before one with names in it, as for the server.
    private static string? RouteOf(string sent) =>
        (PaperRoutes.All.FirstOrDefault(route => Name(route) == sent) ?? PaperRoutes.All.FirstOrDefault(route => Regex.IsMatch(sent, $"^{Pattern(route)}$"))) is { } found ? Name(found) : null;

    private static string Pattern(Route route) => Regex.Replace(Name(route), @"\{(\*?)[^}]+\}", name => name.Groups[1].Length > 0 ? ".+" : "[^/]+");

    private static string Name(Route route) => $"{route.Method} {route.Path}";

    private sealed class Hearing : HttpMessageHandler
    {
        public ConcurrentQueue<string> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Enqueue($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotImplemented) { RequestMessage = request });
        }
    }
}
