using System.Collections.Immutable;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;

namespace Gantral.Grains.Policies;

/// <summary>Asks several policies at once and composes what they say.</summary>
internal sealed class AllEvaluator(IGrains grains, ImmutableArray<string> members) : IPolicyEvaluator
{
    public async ValueTask<PolicyAnswer> EvaluateAsync(PolicyQuestion question) =>
        Composition.Of(await Task.WhenAll(members.Select(member => grains.Policy(member).AskAsync(question with { PolicyVersionId = member }).AsTask())));

    public async ValueTask<PolicyTrial> TryAsync(PolicyQuestion question)
    {
        var trials = await Task.WhenAll(members.Select(member => grains.Policy(member).TryAsync(question).AsTask()));
        return new PolicyTrial(question.PolicyVersionId, Composition.Of(trials.Select(trial => trial.Answer).ToArray())) { Members = [.. trials] };
    }
}
