using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Grains.Authority;
using Gantral.Grains.Tests.Model;
using Gantral.Lives;
using Xunit.Abstractions;

namespace Gantral.Grains.Tests.Folding;

/// <summary>An instance is its entries and nothing else: whoever folds them anew has what the core carried along.</summary>
public sealed class FoldTests(ITestOutputHelper output)
{
    private static int Plays => Scale.Rounds(1_000, 100_000);

    [Fact]
    public void Entries_read_back_and_folded_one_by_one_give_the_instance_that_the_core_carried()
    {
        var seed = Scale.Take(output.WriteLine);
        var redacted = 0;
        for (var number = 0; number < Plays; number++)
        {
            var play = new Play(Stage.Log(), seed, number).Run();
            var carried = Members.Of(play.Life.Instance);
            Assert.True(carried == Members.Of(Fold(play.Entries)), Named(seed, number));
            Assert.True(carried == Members.Of(Fold(Erased(play.Entries))), $"erased: {Named(seed, number)}");
            redacted += play.Entries.Any(entry => entry.Entry.Type == EventType.Redacted) ? 1 : 0;
        }

        Assert.NotEqual(0, redacted);
    }

    [Fact]
    public void What_a_ruling_returns_is_the_fold_of_what_it_commits()
    {
        var life = Stage.Waiting(Life.Ask(Stage.HalfAnHour, OnTimeout.Escalate, approvals: 2, executeWithin: Stage.TenMinutes));
        foreach (var command in new Func<Digest, Command>[]
        {
            id => life.Decision(id, "alice", DecisionType.Approve),
            id => new Command.Expire(id, Deadline.Decision),
            id => life.Decision(id, "bob", DecisionType.Approve, "cto"),
            id => life.Decision(id, "carol", DecisionType.Approve, "cto"),
            id => new Command.Claim(Life.Runner, id, WorkKind.Resume),
            id => new Command.Complete(Life.Runner, id),
        })
        {
            var before = life.Instance;
            life.Wait(TimeSpan.FromMinutes(command(Digest.Zero) is Command.Expire ? 30 : 0));
            var ruling = life.Rule(command);
            Assert.Null(ruling.Refusal);
            Assert.NotEmpty(ruling.Entries);
            Assert.Equal(Members.Of(ruling.Entries.Aggregate(before, (instance, entry) => InstanceFold.Apply(instance, entry))), Members.Of(ruling.Instance));
        }
    }

    [Fact]
    public void The_comparison_sees_into_lists_and_payloads()
    {
        var life = Stage.Waiting(Life.Ask(approvals: 2));
        var before = life.Instance!;
        life.Decide("alice", DecisionType.Approve);
        Assert.NotEqual(Members.Of(before.Pending), Members.Of(life.Instance!.Pending));
        Assert.NotEqual(Members.Of(before), Members.Of(before with { TriggerContext = before.TriggerContext! with { Salt = new byte[PrivateField.SaltSize] } }));
    }

    private static Instance? Fold(IEnumerable<SealedEntry> entries) => entries
        .Select(entry => entry with { Entry = EntryReader.Read(entry.Bytes.Span) })
        .Aggregate((Instance?)null, InstanceFold.Apply);

    // What the storage holds once the redactions were carried out there.
    private static IEnumerable<SealedEntry> Erased(IReadOnlyList<SealedEntry> entries)
    {
        var gone = entries.Select(entry => entry.Entry.Redaction).OfType<Redaction>()
            .SelectMany(redaction => redaction.Fields.Select(field => (redaction.Sequence, field)))
            .ToHashSet();
        return entries.Select(entry => entry with { Payload = entry.Payload.RemoveAll(field => gone.Contains((entry.Entry.Sequence, field.Name))) });
    }

    private static string Named(int seed, int number) => $"play {seed}/{number}; {Scale.Repeat(seed)}";
}
