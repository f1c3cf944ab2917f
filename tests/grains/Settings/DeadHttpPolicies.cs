using Gantral.Abstractions.Policy;
using Gantral.Grains.Policies;

namespace Gantral.Grains.Tests.Settings;

/// <summary>Services that can be registered and never answer.</summary>
internal sealed class DeadHttpPolicies : IHttpPolicies, IPolicyEvaluator
{
    public string? Refusal(HttpPolicy policy) => null;

    public IPolicyEvaluator Of(string policyVersionId, HttpPolicy policy) => this;

    public ValueTask<PolicyAnswer> EvaluateAsync(PolicyQuestion question) => throw new TimeoutException();
}
