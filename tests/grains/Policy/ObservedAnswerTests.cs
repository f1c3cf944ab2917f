using System.Collections.Frozen;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Evidence.Entries;
using Gantral.Grains.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Policy;

/// <summary>Shadow mode: nothing is blocked, and what would have been required is on record.</summary>
public sealed class ObservedAnswerTests
{
    private static readonly WorkflowTerms Lenient =
        new(FrozenSet.Create("deploy")) { DefaultApproverRoles = ["release-manager"], HumanWhenPolicyUnavailable = true };

    private static readonly Dictionary<string, (PolicyAnswer Answer, string Step, string Start)> Answers = new()
    {
        ["ALLOW"] = (Life.Allow, "STEP_ALLOWED", "RUNNING"),
        ["REQUIRE_HUMAN"] = (Life.Ask(), "OBSERVED", "RUNNING OBSERVED"),
        ["DENY"] = (Life.Deny, "OBSERVED(POLICY_DENIED)", "RUNNING OBSERVED(POLICY_DENIED)"),
        ["unavailable"] = (Gates.Unavailable, "OBSERVED(POLICY_UNAVAILABLE)", "RUNNING OBSERVED(POLICY_UNAVAILABLE)"),
        ["conflicting"] = (Gates.Conflicting, "OBSERVED(CONFLICTING_POLICY)", "RUNNING OBSERVED(CONFLICTING_POLICY)"),
    };

    public static TheoryData<string> Every { get; } = [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Every))]
    public void Nothing_is_blocked(string what)
    {
        var (answer, step, start) = Answers[what];
        foreach (var materiality in Enum.GetValues<Materiality>())
        {
            foreach (var terms in new[] { null, Lenient })
            {
                Assert.Equal(step, Said.Of(Gates.Step(answer, Mode.Observe, materiality, terms)));
                var started = Gates.Start(answer, Mode.Observe, materiality, terms);
                Assert.Equal(start, Said.Of(started));
                Assert.Equal(ExecutionState.Running, started.Instance!.State);
                Assert.Null(started.Instance.Pending);
            }
        }
    }

    [Fact]
    public void What_would_have_been_required_is_recorded()
    {
        var ask = Life.Ask(Stage.HalfAnHour, OnTimeout.Escalate, 2, true, Stage.TenMinutes, ["a", "b"], ["c"]);
        var ruling = Gates.Step(ask, Mode.Observe);
        var entry = EntryReader.Read(ruling.Entries[0].Bytes.Span);
        Assert.Equal(PolicyDecision.RequireHuman, entry.Advice!.Decision);
        Assert.Equal(("deploy", 2, Stage.HalfAnHour), (entry.Advice.Step, entry.Advice.ApprovalsRequired, entry.Advice.Timeout));
        Assert.Equal(["a", "b"], entry.Advice.EligibleApproverRoles.AsEnumerable());
        Assert.Equal(["c"], entry.Advice.EscalationRoles.AsEnumerable());
        Assert.Equal(ruling.Entries[0].Payload.Single(field => field.Name == PrivateFieldNames.ContextSnapshot).Hash(), entry.Advice.ContextSnapshotHash);
    }

    [Fact]
    public void An_unknown_step_is_refused_also_where_policy_only_observes()
    {
        var life = Stage.Running(Mode.Observe);
        life.RefusesWithoutTrace("unknown_step", id => new Abstractions.Commands.Command.RequestAuthority(Life.Agent, id, "launch", Life.Json("{}"), Life.Deny));
    }

    [Fact]
    public void An_agent_may_still_stop_itself() =>
        Assert.Equal(ExecutionState.WaitingForHuman, Stage.Running(Mode.Observe).Suspend().Instance!.State);
}
