using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Policy;

/// <summary>A REQUIRE_HUMAN that nobody could ever satisfy is no question but a contradiction.</summary>
public sealed class ContradictionTests
{
    private static readonly ImmutableArray<string> Two = ["a", "b"];

    private static readonly Dictionary<string, PolicyAnswer> Contradictory = new()
    {
        ["no roles"] = Life.Ask(roles: []),
        ["no approvals"] = Life.Ask(approvals: 0),
        ["negative approvals"] = Life.Ask(approvals: -1),
        ["101 approvals"] = Life.Ask(approvals: 101),
        ["more distinct roles than there are"] = Life.Ask(approvals: 3, distinct: true, roles: Two),
        ["a role named twice is one role"] = Life.Ask(approvals: 2, distinct: true, roles: ["a", "a"]),
        ["no time"] = Life.Ask(TimeSpan.Zero),
        ["negative time"] = Life.Ask(TimeSpan.FromMinutes(-1)),
        ["no time to take it up"] = Life.Ask(executeWithin: TimeSpan.Zero),
        ["negative time to take it up"] = Life.Ask(executeWithin: TimeSpan.FromTicks(-1)),
    };

    private static readonly Dictionary<string, PolicyAnswer> Satisfiable = new()
    {
        ["100 approvals"] = Life.Ask(approvals: 100),
        ["as many distinct roles as there are"] = Life.Ask(approvals: 2, distinct: true, roles: Two),
        ["a millisecond"] = Life.Ask(Stage.Millisecond, executeWithin: Stage.Millisecond),
    };

    public static TheoryData<string> WhatContradictsItself { get; } = [.. Contradictory.Keys];

    public static TheoryData<string> WhatIsJustPossible { get; } = [.. Satisfiable.Keys];

    [Theory]
    [MemberData(nameof(WhatContradictsItself))]
    public void An_answer_that_contradicts_itself_ends_the_instance(string what)
    {
        Assert.Equal("TERMINATED(CONFLICTING_POLICY)", Said.Of(Gates.Step(Contradictory[what])));
        Assert.Equal("RUNNING TERMINATED(CONFLICTING_POLICY)", Said.Of(Gates.Start(Contradictory[what])));
    }

    [Theory]
    [MemberData(nameof(WhatContradictsItself))]
    public void An_answer_that_contradicts_itself_is_recorded_as_such_where_policy_only_observes(string what)
    {
        var ruling = Gates.Step(Contradictory[what], Mode.Observe);
        Assert.Equal("OBSERVED(CONFLICTING_POLICY)", Said.Of(ruling));
        Assert.Equal(PolicyDecision.RequireHuman, ruling.Entries[0].Entry.Advice!.Decision);
        Assert.Equal("RUNNING OBSERVED(CONFLICTING_POLICY)", Said.Of(Gates.Start(Contradictory[what], Mode.Observe)));
    }

    [Theory]
    [MemberData(nameof(WhatIsJustPossible))]
    public void An_answer_that_is_just_possible_is_asked(string what) =>
        Assert.Equal("WAITING_FOR_HUMAN", Said.Of(Gates.Step(Satisfiable[what])));
}
