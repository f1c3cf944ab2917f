using System.Collections.Immutable;
using Gantral.Silo.Gateway.Answers;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Gateway.Health;

/// <summary>Whether the process serves, and whether anything should be sent to it. No token is needed.</summary>
internal sealed class HealthPages(ImmutableArray<IReadinessCheck> checks, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private Task<string?[]>? _last;
    private long _lastAt;
    private volatile bool _isStopping;

    /// <summary>From now on nothing more should be sent here.</summary>
    public void Stop() => _isStopping = true;

    /// <summary><c>GET /healthz/live</c></summary>
    public static Answer Live() => Answer.Ok(json => json.WriteString("status", "live"));

    /// <summary><c>GET /healthz/ready</c></summary>
    public async ValueTask<Answer> ReadyAsync()
    {
        if (_isStopping)
        {
            return Answer.WithStatus(503, json => json.WriteString("status", "stopping"));
        }

        var faults = await FaultsAsync();
        var isReady = faults.All(fault => fault is null);
        return Answer.WithStatus(isReady ? 200 : 503, json =>
        {
            json.WriteString("status", isReady ? "ready" : "not_ready");
            json.WriteStartArray("checks");
            foreach (var (check, fault) in checks.Zip(faults))
            {
                json.WriteStartObject();
                json.WriteString("name", check.Name);
                json.WriteBoolean("ok", fault is null);
                json.WriteString("detail", fault);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    // Anybody may ask, as often as they like; the database is asked a few times a second at most.
    private Task<string?[]> FaultsAsync()
    {
        lock (_gate)
        {
            if (_last is { } last && (!last.IsCompleted || TimeProvider.System.GetElapsedTime(_lastAt) < Fresh))
            {
                return last;
            }

            _lastAt = TimeProvider.System.GetTimestamp();
            return _last = Task.WhenAll(checks.Select(FaultAsync));
        }
    }

    private async Task<string?> FaultAsync(IReadinessCheck check)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            return await check.FaultAsync(patience.Token).AsTask().WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return "It did not answer in time.";
        }
        catch (Exception failed)
        {
            GatewayLog.CheckFailed(logger, failed, check.Name);
            return "It could not be checked; the log says why.";
        }
    }
}
