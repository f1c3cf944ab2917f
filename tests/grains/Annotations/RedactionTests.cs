using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Annotations;

public sealed class RedactionTests
{
    [Fact]
    public void What_was_erased_does_not_live_on_in_the_instance()
    {
        var life = Stage.Waiting();
        Redact(life, life.Instance!.Sequence, PrivateFieldNames.ContextSnapshot);
        Assert.Null(life.Instance!.Pending!.Snapshot);
        Assert.Null(life.Instance.Context);
        Assert.NotNull(life.Instance.TriggerContext);

        Redact(life, 1, PrivateFieldNames.TriggerContext);
        Assert.Null(life.Instance.TriggerContext);
    }

    [Fact]
    public void What_an_override_made_of_the_context_goes_with_its_delta()
    {
        var life = Stage.Waiting().Decide("alice", DecisionType.Override, delta: """{"percent":5}""");
        Redact(life, life.Instance!.Sequence - 1, PrivateFieldNames.ContextDelta);
        Assert.Null(life.Instance!.Context);
    }

    [Fact]
    public void Erasing_a_justification_leaves_the_context()
    {
        var life = Stage.Resumed();
        Redact(life, life.Instance!.Sequence - 1, PrivateFieldNames.Justification);
        Assert.NotNull(life.Instance!.Context);
        Assert.NotNull(life.Instance.TriggerContext);
    }

    [Fact]
    public void A_redaction_says_what_was_erased_and_why_and_never_what_it_held()
    {
        var life = Stage.Completed();
        var ruling = life.Rule(id => new Command.Redact(
            Life.Person("officer"), id, new Redaction(1, [PrivateFieldNames.TriggerContext]), "asked for\r\nby the person"));
        Assert.Equal("REDACTED", Said.Of(ruling));
        Assert.Equal((1L, PrivateFieldNames.TriggerContext), (ruling.Entries[0].Entry.Redaction!.Sequence, ruling.Entries[0].Entry.Redaction!.Fields.Single()));
        Assert.Equal("\"asked for\\nby the person\"", ruling.Payload(EventType.Redacted, PrivateFieldNames.Justification));
        Assert.DoesNotContain("CHG-1", ruling.Entries[0].Bytes.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(long.MaxValue)]
    public void Only_entries_that_exist_can_be_redacted(long sequence)
    {
        var life = Stage.Completed();
        Assert.Equal(3, life.Instance!.Sequence);
        life.RefusesWithoutTrace("invalid_body", id => new Command.Redact(
            Life.Person("officer"), id, new Redaction(sequence, [PrivateFieldNames.TriggerContext]), "a person asked for it"));
    }

    [Fact]
    public void A_redaction_needs_a_justification()
    {
        foreach (var justification in new[] { "", "  ", "ok", new string('x', 4001), "because \ud83d" })
        {
            var life = Stage.Completed();
            life.RefusesWithoutTrace("justification_required", id => new Command.Redact(
                Life.Person("officer"), id, new Redaction(1, [PrivateFieldNames.TriggerContext]), justification));
        }
    }

    [Fact]
    public void An_instance_whose_trigger_was_erased_cannot_start()
    {
        var life = Stage.Created();
        Redact(life, 1, PrivateFieldNames.TriggerContext);
        life.RefusesWithoutTrace("invalid_transition", id => new Command.Start(Life.Agent, id, Life.Allow));
    }

    private static void Redact(Life life, long sequence, string field) =>
        life.Do(id => new Command.Redact(Life.Person("officer"), id, new Redaction(sequence, [field]), "a person asked for it"));
}
