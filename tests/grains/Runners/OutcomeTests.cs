using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Runners;

public sealed class OutcomeTests
{
    private static readonly CanonicalBytes Reference = Life.Json("""[{"hash":"sha256:00","ref":"s3://bucket/report"}]""");

    [Fact]
    public void What_an_outcome_brings_along_is_noted_before_it_takes_effect()
    {
        var ruling = Stage.Running().Rule(id => new Command.Complete(Life.Runner, id) { Evidence = Reference, Cost = new Cost("EUR", "0.12") });
        Assert.Equal("EVIDENCE_ATTACHED COST_RECORDED COMPLETED", Said.Of(ruling));
        Assert.Equal(Reference.ToString(), ruling.Payload(EventType.EvidenceAttached, PrivateFieldNames.Evidence));
        Assert.Equal(new Cost("EUR", "0.12"), EntryReader.Read(ruling.Entries[1].Bytes.Span).Cost);
    }

    [Fact]
    public void What_an_agent_said_when_it_failed_is_private()
    {
        var ruling = Stage.Running().Rule(id => new Command.Fail(Life.Runner, id, Life.Json("\"disk full\"")));
        Assert.Equal("\"disk full\"", ruling.Payload(EventType.Terminated, PrivateFieldNames.Error));
        Assert.DoesNotContain("disk", ruling.Entries[0].Bytes.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_while_people_are_asked_closes_the_gate()
    {
        var life = Stage.Waiting();
        var decision = life.Decision(life.NewCommandId(), "alice", DecisionType.Approve);
        Assert.Equal("TERMINATED(AGENT_FAILED)", life.Says(id => new Command.Fail(Life.Runner, id, null)));
        Assert.Null(life.Instance!.Pending);
        life.RefusesWithoutTrace("invalid_transition", _ => decision);
    }

    [Fact]
    public void A_refused_outcome_leaves_neither_evidence_nor_cost()
    {
        foreach (var life in new[] { Stage.Created(), Stage.Waiting(), Stage.Completed(), Stage.Terminated() })
        {
            life.RefusesWithoutTrace("invalid_transition", id => new Command.Complete(Life.Runner, id) { Evidence = Reference, Cost = new Cost("EUR", "1") });
        }

        foreach (var life in new[] { Stage.Created(), Stage.Completed(), Stage.Terminated() })
        {
            life.RefusesWithoutTrace("invalid_transition", id => new Command.Fail(Life.Runner, id, Reference) { Evidence = Reference, Cost = new Cost("EUR", "1") });
            life.RefusesWithoutTrace("invalid_transition", id => new Command.Suspend(Life.Runner, id, Reference, Life.Ask()) { Evidence = Reference });
        }
    }

    [Fact]
    public void Beginning_the_work_of_a_running_instance_changes_nothing()
    {
        var life = Stage.Running();
        var before = life.Instance;
        Assert.Same(before, life.Rule(id => new Command.Claim(Life.Runner, id, WorkKind.Start)).Instance);
    }
}
