using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Tests.Policies;

/// <summary>A real server on a loopback port that evaluates policy as the test says, well or not.</summary>
internal sealed class PolicyService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;

    private PolicyService(WebApplication app) => _app = app;

    /// <summary>What it does with a question.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => Json(context, """{"decision":"ALLOW"}""");

    /// <summary>How often it was asked.</summary>
    public int Asked => _asked;

    /// <summary>The body of the last question.</summary>
    public string LastQuestion { get; private set; } = "";

    public int Port => new Uri(_app.Urls.First()).Port;

    public string Url => $"http://127.0.0.1:{Port}/v1/data/gantral";

    public static async Task<PolicyService> OpenAsync(Func<HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var service = new PolicyService(builder.Build());
        service.Answer = answer ?? service.Answer;
        service._app.Run(service.TakeAsync);
        await service._app.StartAsync();
        return service;
    }

    /// <summary>Answers with JSON.</summary>
    public static Task Json(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Never answers: until the caller hangs up.</summary>
    public static async Task Hang(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        LastQuestion = await reader.ReadToEndAsync(context.RequestAborted);
        Interlocked.Increment(ref _asked);
        await Answer(context);
    }
}
