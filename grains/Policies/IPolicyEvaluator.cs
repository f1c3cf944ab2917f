using Gantral.Abstractions.Policy;

namespace Gantral.Grains.Policies;

/// <summary>Answers for one policy version. It may be asked by many at once.</summary>
public interface IPolicyEvaluator
{
    /// <summary>What the policy says. Whoever asks takes an exception for <see cref="PolicyAnswer.Unavailable"/>.</summary>
    ValueTask<PolicyAnswer> EvaluateAsync(PolicyQuestion question);
}
