using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gantral.Bench.Running;
using Gantral.Bench.Transitions;

namespace Gantral.Bench.Http;

/// <summary>The lives of <see cref="GrainLives"/> over HTTP with keep-alive: an idempotency key with every request, each answer read and looked at.</summary>
internal sealed class HttpLives(Uri address, string agent, string alice) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { BaseAddress = address };
    private readonly AuthenticationHeaderValue _agent = new("Bearer", agent);
    private readonly AuthenticationHeaderValue _alice = new("Bearer", alice);

    /// <summary>So many lives at once, for a time; answers how many transitions were made, and how long each request took in milliseconds.</summary>
    public async Task<(long Transitions, List<double> Milliseconds)> LiveAsync(int atOnce, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            var (lives, times) = (0L, new List<double>());
            for (; Stopwatch.GetElapsedTime(start) < time; lives++)
            {
                await LiveOnceAsync(times);
            }

            return (lives, times);
        })));
        return (all.Sum(one => one.lives) * GrainLives.TransitionsPerCancelledLife, [.. all.SelectMany(one => one.times)]);
    }

    /// <summary>Instances that are created and then started, one after the other with nothing else going on: how long each start took, and each creation, in milliseconds.</summary>
    public async Task<(List<double> Starts, List<double> Creations)> StartAsync(int count)
    {
        var (starts, creations) = (new List<double>(), new List<double>());
        for (var i = 0; i < count; i++)
        {
            using var created = await AskAsync(_agent, "/v1/instances", """{"workflow_id":"deploy-payments","workflow_version":"1","start":false}""", "CREATED", creations);
            using var started = await AskAsync(_agent, $"/v1/instances/{created.RootElement.GetProperty("instance_id").GetString()}/start", "{}", "RUNNING", starts);
        }

        return (starts, creations);
    }

    public void Dispose() => _client.Dispose();

    private async Task LiveOnceAsync(List<double> times)
    {
        using var created = await AskAsync(_agent, "/v1/instances", """{"workflow_id":"deploy-payments","workflow_version":"1","trigger_context":{"change":"CHG-1","environment":"production"}}""", "RUNNING", times);
        var id = created.RootElement.GetProperty("instance_id").GetString();
        using var waiting = await AskAsync(_agent, $"/v1/instances/{id}/authority", """{"step":"deploy","execution_context":{"amount":1250,"environment":"production"}}""", "WAITING_FOR_HUMAN", times);
        var hash = waiting.RootElement.GetProperty("pending").GetProperty("context_snapshot_hash").GetString();
        using var decided = await AskAsync(_alice, "/v1/decisions", $$"""{"instance_id":"{{id}}","decision_type":"APPROVE","role":"release-manager","justification":"reviewed and found good","context_snapshot_hash":"{{hash}}"}""", "RESUMED", times);
        using var ended = await AskAsync(_agent, $"/v1/instances/{id}/cancel", "{}", "TERMINATED", times);
    }

    private async Task<JsonDocument> AskAsync(AuthenticationHeaderValue who, string path, string body, string state, List<double> times)
    {
        var start = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Authorization = who;
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var response = await _client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        var answer = JsonDocument.Parse(bytes);
        var instance = answer.RootElement.TryGetProperty("instance", out var inner) ? inner : answer.RootElement;
        return instance.TryGetProperty("state", out var reached) && reached.ValueEquals(state)
            ? answer
            : throw new WrongAnswerException($"{state} was expected of {path}: {(int)response.StatusCode} {Encoding.UTF8.GetString(bytes)}");
    }
}
