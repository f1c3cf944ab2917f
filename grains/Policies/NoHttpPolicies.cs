using Gantral.Abstractions.Policy;

namespace Gantral.Grains.Policies;

/// <summary>No way out: what other services evaluate is not registered, and what was registered elsewhere is unavailable.</summary>
public sealed class NoHttpPolicies : IHttpPolicies, IPolicyEvaluator
{
    /// <inheritdoc/>
    public string? Refusal(HttpPolicy policy) => "No outgoing calls are possible from here; write the policy as 'rules'.";

    /// <inheritdoc/>
    public IPolicyEvaluator Of(string policyVersionId, HttpPolicy policy) => this;

    /// <inheritdoc/>
    public ValueTask<PolicyAnswer> EvaluateAsync(PolicyQuestion question) => new(new PolicyAnswer.Unavailable());
}
