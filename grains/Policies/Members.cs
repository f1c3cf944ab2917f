using System.Collections.Immutable;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;

namespace Gantral.Grains.Policies;

/// <summary>
/// The members of a policy that is made of others. They exist before it does and never change, so none can lead back to
/// it; how deep they nest, and how many questions one question becomes, is bounded.
/// </summary>
internal sealed class Members(IGrains grains)
{
    private const int MostLevels = 4;
    private const int MostQuestions = 64;

    /// <summary>Why a team may not make a policy of these, or nothing.</summary>
    public async ValueTask<Refusal?> RefusalAsync(string owningTeamId, ImmutableArray<string> members)
    {
        var (levels, questions) = (1, 0);
        foreach (var (place, member) in members.Index())
        {
            // What a team may not bind looks to it as if it were not there.
            if (await grains.Policy(member).ReadAsync() is not { } version || !version.MayBeBoundBy(owningTeamId))
            {
                return new Refusal(RefusalCode.NotFound, $"members[{place}] is '{member}', and there is no such policy version that this team may bind; register it first, or ask its owners to list the team.");
            }

            var (below, asked) = await MeasureAsync(version);
            (levels, questions) = (Math.Max(levels, below + 1), questions + asked);
        }

        return levels > MostLevels ? TooMuch($"nests policies {levels} levels deep, and the most is {MostLevels}")
            : questions > MostQuestions ? TooMuch($"makes {questions} questions of one, and the most is {MostQuestions}")
            : null;
    }

    /// <summary>Reads every member, so that a question does not have to.</summary>
    public async ValueTask<bool> AreThereAsync(ImmutableArray<string> members)
    {
        foreach (var member in members)
        {
            if (await grains.Policy(member).ReadAsync() is null)
            {
                return false;
            }
        }

        return true;
    }

    private static Refusal TooMuch(string what) => new(RefusalCode.InvalidBody, $"A policy of these members {what}; name fewer of them, or name theirs.");

    // What is registered is within the bounds, so this ends.
    private async ValueTask<(int Levels, int Questions)> MeasureAsync(PolicyVersion version)
    {
        if (!PolicyDefinitionReader.TryRead(version.Definition, out var policy, out _) || policy.Evaluator is not EvaluatorDefinition.Composite composite)
        {
            return (1, 1);
        }

        var (levels, questions) = (1, 0);
        foreach (var member in composite.Members)
        {
            var (below, asked) = await grains.Policy(member).ReadAsync() is { } known ? await MeasureAsync(known) : (0, 0);
            (levels, questions) = (Math.Max(levels, below + 1), questions + asked);
        }

        return (levels, questions);
    }
}
