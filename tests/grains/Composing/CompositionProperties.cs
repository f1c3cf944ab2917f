using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Policies;
using Gantral.Lives;
using Xunit.Abstractions;

namespace Gantral.Grains.Tests.Composing;

/// <summary>What holds of every composition, tried on random ones.</summary>
public sealed class CompositionProperties(ITestOutputHelper output)
{
    private static readonly ImmutableArray<string> Roles = ["a", "b", "c", "d"];
    private static readonly int Rounds = Scale.Rounds(5_000, 200_000);

    [Fact]
    public void The_order_of_the_members_never_matters() => Try((answers, random) =>
    {
        var shuffled = answers.ToArray();
        random.Shuffle(shuffled);
        Assert.Equal(Said(Composition.Of(answers)), Said(Composition.Of(shuffled)));
    });

    [Fact]
    public void A_member_that_is_asked_twice_says_nothing_new() => Try((answers, _) =>
        Assert.Equal(Said(Composition.Of(answers)), Said(Composition.Of([.. answers, answers[0]]))));

    [Fact]
    public void One_member_more_never_makes_it_more_lenient() => Try((answers, random) =>
        Assert.True(Strictness(Composition.Of([.. answers, Answer(random)])) >= Strictness(Composition.Of(answers))));

    [Fact]
    public void What_is_allowed_was_allowed_by_every_member() => Try((answers, _) =>
        Assert.Equal(answers.All(answer => answer is PolicyAnswer.Advised { Advice.Decision: PolicyDecision.Allow }), Strictness(Composition.Of(answers)) == 0));

    [Fact]
    public void Who_may_decide_could_decide_for_every_member_that_asks() => Try((answers, _) =>
    {
        if (Composition.Of(answers) is PolicyAnswer.Advised { Advice: { Decision: PolicyDecision.RequireHuman } advice })
        {
            foreach (var demand in answers.OfType<PolicyAnswer.Advised>().Where(answer => answer.Advice.Decision == PolicyDecision.RequireHuman).Select(answer => answer.Advice))
            {
                Assert.Subset(demand.EligibleApproverRoles.ToHashSet(), advice.EligibleApproverRoles.ToHashSet());
                Assert.True(advice.ApprovalsRequired >= demand.ApprovalsRequired && (advice.Timeout ?? TimeSpan.MaxValue) <= (demand.Timeout ?? TimeSpan.MaxValue));
            }
        }
    });

    private void Try(Action<PolicyAnswer[], Random> property)
    {
        var seed = Scale.Take(output.WriteLine);
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            property([.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => Answer(random))], random);
        }
    }

    private static PolicyAnswer Answer(Random random) => random.Next(8) switch
    {
        0 or 1 => Life.Allow,
        2 when random.Next(3) == 0 => Life.Deny,
        3 when random.Next(2) == 0 => new PolicyAnswer.Unavailable(),
        4 when random.Next(4) == 0 => new PolicyAnswer.Conflicting(),
        _ => Ask(random, (OnTimeout)random.Next(2)),
    };

    // Whoever does not escalate names nobody to escalate to: those roles would say nothing.
    private static PolicyAnswer Ask(Random random, OnTimeout onTimeout) => Life.Ask(
        Time(random), onTimeout, random.Next(1, 4), random.Next(3) == 0, Time(random), Some(random, 1), onTimeout == OnTimeout.Escalate ? Some(random, 0) : []);

    private static TimeSpan? Time(Random random) => random.Next(3) == 0 ? null : TimeSpan.FromMinutes(random.Next(0, 5));

    private static ImmutableArray<string> Some(Random random, int least) => [.. random.GetItems(Roles.AsSpan(), random.Next(least, 6)).Distinct()];

    private static int Strictness(PolicyAnswer answer) => answer switch
    {
        PolicyAnswer.Advised { Advice.Decision: PolicyDecision.Allow } => 0,
        PolicyAnswer.Advised { Advice.Decision: PolicyDecision.RequireHuman } => 1,
        PolicyAnswer.Unavailable => 2,
        PolicyAnswer.Conflicting => 3,
        _ => 4,
    };

    private static string Said(PolicyAnswer answer) => answer switch
    {
        PolicyAnswer.Advised advised => Said(advised.Advice),
        PolicyAnswer.Unavailable unavailable => $"unavailable {(unavailable.Demand is { } demand ? Said(demand) : "")}",
        _ => answer.ToString(),
    };

    private static string Said(PolicyAdvice advice) =>
        $"{advice.Decision} {Sorted(advice.EligibleApproverRoles)}/{Sorted(advice.EscalationRoles)} {advice.Timeout} {advice.OnTimeout} {advice.ApprovalsRequired} {advice.DistinctRoles} {advice.ExecuteWithin}";

    private static string Sorted(ImmutableArray<string> roles) => string.Join(',', roles.Order(StringComparer.Ordinal));
}
