using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Silo.Tests.Gateway;

namespace Gantral.Silo.Tests.ManySilos;

/// <summary>
/// A client as the documentation wants it: a connection that breaks, or a 503, and it sends the same request with the same key
/// again. It lives lives from their creation to their end, and keeps whatever else it was told.
/// </summary>
internal sealed class PersistentClient(HttpClient client, string agent, string alice, string workflow)
{
    private readonly Lock _gate = new();
    private readonly List<(int Lives, TaskCompletionSource Reached)> _awaited = [];
    private int _again;

    /// <summary>The instances whose lives are over.</summary>
    public ConcurrentQueue<string> Lives { get; } = new();

    /// <summary>What nobody should be told.</summary>
    public ConcurrentQueue<string> Surprises { get; } = new();

    /// <summary>How often something was sent again.</summary>
    public int Again => _again;

    /// <summary>Completes once so many more lives are over.</summary>
    public Task UntilLivedAsync(int more)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _awaited.Add((Lives.Count + more, reached));
        }

        return reached.Task.WaitAsync(2 * Embedded.TestFolder.Patience);
    }

    /// <summary>Lives until it is told to stop, one life at a time.</summary>
    public async Task LiveAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && Surprises.IsEmpty)
        {
            if (await LiveOnceAsync() is { } id)
            {
                Count(id);
            }
        }
    }

    private async Task<string?> LiveOnceAsync()
    {
        var id = (string?)(await PostAsync(agent, "/v1/instances", $$"""{"workflow_id":"{{workflow}}","workflow_version":"1"}""", "RUNNING"))?["instance_id"];
        var waiting = id is null ? null : await PostAsync(agent, $"/v1/instances/{id}/authority", """{"step":"deploy","execution_context":{"environment":"production"}}""", "WAITING_FOR_HUMAN");
        if (waiting is null || await PostAsync(agent, $"/v1/instances/{id}/cost", """{"currency":"USD","amount":"0.12"}""", "WAITING_FOR_HUMAN") is null)
        {
            return null;
        }

        var hash = (string)waiting["pending"]!["context_snapshot_hash"]!;
        return await PostAsync(alice, "/v1/decisions", $$"""{"instance_id":"{{id}}","decision_type":"APPROVE","role":"release-manager","justification":"read and understood","context_snapshot_hash":"{{hash}}"}""", "RESUMED") is not null
            && await PostAsync(agent, $"/v1/instances/{id}/cancel", "{}", "TERMINATED") is not null ? id : null;
    }

    private async Task<JsonNode?> PostAsync(string token, string path, string body, string state)
    {
        var key = Guid.NewGuid().ToString();
        while (true)
        {
            try
            {
                using var response = await client.SendAsync(ServedApi.Request("POST", path, token, new StringContent(body, Encoding.UTF8, "application/json"), key));
                if ((int)response.StatusCode != 503)
                {
                    var answered = await Answered.ReadAsync(response);
                    if ((string?)(answered.Body?["instance"] ?? answered.Body)?["state"] == state)
                    {
                        return answered.Body;
                    }

                    Surprises.Enqueue($"{path}: {answered.Status} {answered.Body?.ToJsonString()}");
                    return null;
                }
            }
            catch (HttpRequestException)
            {
                // Whether it was carried out the same request will tell.
            }

            Interlocked.Increment(ref _again);
        }
    }

    private void Count(string id)
    {
        lock (_gate)
        {
            Lives.Enqueue(id);
            _awaited.Where(awaited => awaited.Lives <= Lives.Count).ToList().ForEach(awaited => awaited.Reached.TrySetResult());
            _awaited.RemoveAll(awaited => awaited.Lives <= Lives.Count);
        }
    }
}
