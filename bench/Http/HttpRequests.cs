using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gantral.Bench.Lives;
using Gantral.Bench.Running;

namespace Gantral.Bench.Http;

/// <summary>Asked over HTTP with keep-alive, by an agent, a runner and a person: an idempotency key with every request, each answer read and looked at.</summary>
internal sealed class HttpRequests(Uri address, string agent, string alice) : ILifeRequests, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { BaseAddress = address };
    private readonly AuthenticationHeaderValue _agent = new("Bearer", agent);
    private readonly AuthenticationHeaderValue _alice = new("Bearer", alice);

    /// <summary>Instances that are created and then started, one after the other with nothing else going on: how long each start took, and each creation, in milliseconds.</summary>
    public async Task<(List<double> Starts, List<double> Creations)> StartAsync(int count)
    {
        var (starts, creations) = (new List<double>(), new List<double>());
        for (var i = 0; i < count; i++)
        {
            var before = Stopwatch.GetTimestamp();
            using var created = await AskAsync(_agent, "/v1/instances", """{"workflow_id":"deploy-payments","workflow_version":"1","start":false}""", "CREATED");
            creations.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            before = Stopwatch.GetTimestamp();
            using var started = await AskAsync(_agent, $"/v1/instances/{Text(created.RootElement, "instance_id")}/start", "{}", "RUNNING");
            starts.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return (starts, creations);
    }

    /// <summary>Lets so many instances wait for a person, and answers how many seconds that took.</summary>
    public async Task<double> LetWaitAsync(int count)
    {
        var (begun, start) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            while (Interlocked.Increment(ref begun) <= count)
            {
                var id = await CreateAsync();
                using var waiting = await AskAsync(_agent, $"/v1/instances/{id}/authority", """{"step":"deploy","execution_context":{"amount":1250,"environment":"production"}}""", "WAITING_FOR_HUMAN");
            }
        }));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public async Task<Guid> CreateAsync()
    {
        using var created = await AskAsync(_agent, "/v1/instances", """{"workflow_id":"deploy-payments","workflow_version":"1","trigger_context":{"change":"CHG-1","environment":"production"}}""", "RUNNING");
        return created.RootElement.GetProperty("instance_id").GetGuid();
    }

    public async Task<IReadOnlyList<Piece>> ClaimAsync(int most)
    {
        using var claimed = await SendAsync(_agent, "/v1/queues/agents/claims", $$"""{"runner_id":"bench","max":{{most}},"wait":"PT0.5S","lease":"PT5M"}""");
        return [.. claimed.RootElement.GetProperty("tasks").EnumerateArray().Select(task => new Piece(
            task.GetProperty("task_id").GetGuid(), task.GetProperty("fencing_token").GetInt64(), task.GetProperty("instance_id").GetGuid(), Text(task, "kind") == "RESUME"))];
    }

    public async Task<string> AskAsync(Piece piece)
    {
        using var waiting = await AskAsync(_agent, $"/v1/instances/{piece.InstanceId}/authority", $$$"""{"step":"deploy","execution_context":{"amount":1250,"environment":"production"},"task_id":"{{{piece.TaskId}}}","fencing_token":{{{piece.FencingToken}}}}""", "WAITING_FOR_HUMAN");
        return Text(waiting.RootElement.GetProperty("pending"), "context_snapshot_hash");
    }

    public async Task SuspendAsync(Piece piece)
    {
        using var suspended = await AskAsync(_agent, $"/v1/tasks/{piece.TaskId}/outcome", $$$"""{"fencing_token":{{{piece.FencingToken}}},"outcome":"SUSPENDED","checkpoint":{"ref":"s3://agents/1","hash":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}}""", "WAITING_FOR_HUMAN");
    }

    public async Task ApproveAsync(Guid instanceId, string snapshotHash)
    {
        using var decided = await AskAsync(_alice, "/v1/decisions", $$"""{"instance_id":"{{instanceId}}","decision_type":"APPROVE","role":"release-manager","justification":"reviewed and found good","context_snapshot_hash":"{{snapshotHash}}"}""", "RESUMED");
    }

    public async Task CompleteAsync(Piece piece)
    {
        using var completed = await AskAsync(_agent, $"/v1/tasks/{piece.TaskId}/outcome", $$"""{"fencing_token":{{piece.FencingToken}},"outcome":"COMPLETED"}""", "COMPLETED");
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonDocument> AskAsync(AuthenticationHeaderValue who, string path, string body, string state)
    {
        var answer = await SendAsync(who, path, body);
        var instance = answer.RootElement.TryGetProperty("instance", out var inner) ? inner : answer.RootElement;
        return instance.GetProperty("state").ValueEquals(state) ? answer : throw new WrongAnswerException($"{state} was expected of {path}: {answer.RootElement}");
    }

    private async Task<JsonDocument> SendAsync(AuthenticationHeaderValue who, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Authorization = who;
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var response = await _client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(bytes)
            : throw new WrongAnswerException($"{path} answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(bytes)}");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
