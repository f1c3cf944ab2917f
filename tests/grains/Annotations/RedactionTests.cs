using System.Collections.Frozen;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Grains.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Annotations;

public sealed class RedactionTests
{
    [Fact]
    public void What_was_erased_does_not_live_on_in_the_instance()
    {
        var life = Stage.Completed();
        Assert.NotNull(life.Instance!.TriggerContext);
        Assert.NotNull(life.Instance.Context);

        Redact(life, 1, PrivateFieldNames.TriggerContext);
        Assert.Null(life.Instance!.TriggerContext);
        Assert.Null(life.Instance.Context);
    }

    [Theory]
    [InlineData(PrivateFieldNames.TriggerContext)]
    [InlineData(PrivateFieldNames.ContextSnapshot)]
    [InlineData(PrivateFieldNames.ContextDelta)]
    [InlineData(PrivateFieldNames.Checkpoint)]
    public void What_work_and_decisions_rest_on_stays_until_the_end(string field)
    {
        foreach (var life in new[] { Stage.Created(), Stage.Running(), Stage.Waiting(), Stage.Resumed() })
        {
            life.RefusesWithoutTrace("invalid_transition", id => new Command.Redact(Life.Person("officer"), id, new Redaction(1, [field]), "a person asked for it"));
            life.Do(id => new Command.Cancel(Life.Agent, id, null));
            Redact(life, 1, field);
        }
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
    public void Copies_go_in_the_same_commit_each_under_an_entry_of_its_own_and_one_reason()
    {
        var life = Stage.Completed();
        var ruling = life.Rule(id => new Command.Redact(Life.Person("officer"), id, new Redaction(1, [PrivateFieldNames.TriggerContext]), "a person asked for it")
        {
            Copies = [new Redaction(2, [PrivateFieldNames.ContextSnapshot])],
        });

        Assert.Equal([1L, 2L], ruling.Entries.Select(entry => entry.Entry.Redaction!.Sequence));
        Assert.Equal([1, 0], ruling.Entries.Select(entry => entry.Payload.Length));
        Assert.Single(ruling.Entries.Select(entry => entry.Entry.CommandId).Distinct());
    }

    [Fact]
    public void What_speaks_against_it_in_the_content_refuses_it() =>
        Stage.Completed().RefusesWithoutTrace("invalid_body", id => new Command.Redact(
            Life.Person("officer"), id, new Redaction(1, [PrivateFieldNames.TriggerContext]), "a person asked for it")
        {
            Fault = "It is not there.",
        });

    [Fact]
    public void Content_is_kept_for_as_long_as_the_workflow_says_and_no_longer()
    {
        var life = new Life(Stage.Log(), "kept") { Terms = new(FrozenSet.Create("plan", "deploy")) { Retention = TimeSpan.FromDays(30) } }.Create(Life.Allow).Complete();
        Redaction kept = new(1, [PrivateFieldNames.TriggerContext]);
        Ruling Expire() => life.Rule(id => new Command.Expire(id, Deadline.Retention) { Kept = [kept] });

        life.Wait(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Empty(Expire().Entries);
        life.Wait(TimeSpan.FromSeconds(1));
        var over = Expire();

        Assert.Equal("REDACTED", Said.Of(over));
        Assert.Equal(Actor.System, over.Entries[0].Entry.Actor);
        Assert.Equal("\"retention: deploy@payments-High-Enforce keeps content for P30D after the end\"", over.Payload(EventType.Redacted, PrivateFieldNames.Justification));
        Assert.Null(life.Instance!.TriggerContext);
        Assert.Empty(life.Rule(id => new Command.Expire(id, Deadline.Retention)).Entries);
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

    private static void Redact(Life life, long sequence, string field) =>
        life.Do(id => new Command.Redact(Life.Person("officer"), id, new Redaction(sequence, [field]), "a person asked for it"));
}
