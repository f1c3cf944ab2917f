using System.Collections.Immutable;
using Gantral.Silo.Gateway.Answers;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Gateway.Health;

/// <summary>Whether the process serves, and whether anything should be sent to it. No token is needed.</summary>
internal sealed class HealthPages(ImmutableArray<IReadinessCheck> checks, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary><c>GET /healthz/live</c></summary>
    public static Answer Live() => Answer.Ok(json => json.WriteString("status", "live"));

    /// <summary><c>GET /healthz/ready</c></summary>
    public async ValueTask<Answer> ReadyAsync()
    {
        var faults = await Task.WhenAll(checks.Select(FaultAsync));
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
