using System.Collections.Concurrent;
using Gantral.Grains.Policies;
using Gantral.Silo.Outgoing;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Policies;

/// <summary>The services that evaluate policies, each version with connections and a circuit breaker of its own.</summary>
public sealed class HttpPolicies(OutgoingHosts hosts, TimeProvider time, ILogger logger) : IHttpPolicies, IDisposable
{
    private readonly ConcurrentDictionary<string, HttpEvaluator> _evaluators = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? Refusal(HttpPolicy policy) => hosts.Refusal(policy.Url);

    /// <inheritdoc/>
    public IPolicyEvaluator Of(string policyVersionId, HttpPolicy policy) =>
        _evaluators.GetOrAdd(policyVersionId, id => new HttpEvaluator(id, policy, hosts, time, logger));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var evaluator in _evaluators.Values)
        {
            evaluator.Dispose();
        }
    }
}
