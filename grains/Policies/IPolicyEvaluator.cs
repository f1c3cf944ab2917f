using Gantral.Abstractions.Policy;

namespace Gantral.Grains.Policies;

/// <summary>Answers for one policy version. It may be asked by many at once.</summary>
public interface IPolicyEvaluator
{
    /// <summary>What the policy says. Whoever asks takes an exception for <see cref="PolicyAnswer.Unavailable"/>.</summary>
    ValueTask<PolicyAnswer> EvaluateAsync(PolicyQuestion question);

    /// <summary>The same, with how the policy came to it as far as that can be told.</summary>
    async ValueTask<PolicyTrial> TryAsync(PolicyQuestion question) => new(question.PolicyVersionId, await EvaluateAsync(question));
}
