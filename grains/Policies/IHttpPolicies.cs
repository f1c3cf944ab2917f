namespace Gantral.Grains.Policies;

/// <summary>Where policies are asked that other services evaluate: the one port through which a question leaves a grain.</summary>
public interface IHttpPolicies
{
    /// <summary>Why a policy is not asked from here, to be read by its author; none where it is.</summary>
    string? Refusal(HttpPolicy policy);

    /// <summary>Asks for one version. The same version is always asked through the same evaluator.</summary>
    IPolicyEvaluator Of(string policyVersionId, HttpPolicy policy);
}
