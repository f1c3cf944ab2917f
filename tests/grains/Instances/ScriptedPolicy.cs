using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;

namespace Gantral.Grains.Tests.Instances;

/// <summary>A policy that remembers what it was asked and answers what the test wants.</summary>
internal sealed class ScriptedPolicy(PolicyVersion version, Func<PolicyQuestion, PolicyAnswer> answer) : IPolicyGrain
{
    public List<PolicyQuestion> Asked { get; } = [];

    public ValueTask<Registration<PolicyVersion>> RegisterAsync(Caller caller, string owningTeamId, CanonicalBytes definition) =>
        throw new NotSupportedException();

    public ValueTask<PolicyVersion?> ReadAsync() => new(version);

    public async ValueTask<PolicyTrial> TryAsync(PolicyQuestion question) => new(question.PolicyVersionId, await AskAsync(question));

    public ValueTask<PolicyAnswer> AskAsync(PolicyQuestion question)
    {
        Asked.Add(question);
        return new(answer(question));
    }
}
