using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Decisions;

/// <summary>Everything that a decision binds stands in its entry, and in the bytes that are hashed.</summary>
public sealed class BoundDecisionTests
{
    [Theory]
    [InlineData(DecisionType.Approve, EventType.Approved)]
    [InlineData(DecisionType.Reject, EventType.Rejected)]
    [InlineData(DecisionType.Override, EventType.Overridden)]
    public void A_decision_binds_who_decided_what_as_what_and_when(DecisionType type, EventType expected)
    {
        var life = Stage.Waiting();
        var shown = life.Instance!.Pending!.Request.ContextSnapshotHash;
        var seen = life.Log.Now;
        var delta = type == DecisionType.Override ? """{"percent":5}""" : null;
        var commandId = life.NewCommandId();
        var person = Life.Person("alice") with { AuthenticatedAt = seen };
        var ruling = life.Rule(_ => life.Decision(commandId, "alice", type, delta: delta) with { Actor = person });

        var sealedEntry = ruling.Entries[0];
        var entry = EntryReader.Read(sealedEntry.Bytes.Span);
        Assert.Equal(expected, entry.Type);
        Assert.Equal(person with { Role = "release-manager" }, entry.Actor);
        Assert.Equal(life.Log.Now, entry.At);
        Assert.Equal(life.Binding, entry.Binding);
        Assert.Equal(commandId, entry.CommandId);
        Assert.Equal(type, entry.Decision!.DecisionType);
        Assert.Equal(ruling.Instance!.LastDecision!.DecisionId, entry.Decision.DecisionId);
        Assert.NotEqual(Guid.Empty, entry.Decision.DecisionId);
        Assert.Equal(shown, entry.Decision.ContextSnapshotHash);
        Assert.Equal(HashOf(sealedEntry, PrivateFieldNames.Justification), entry.Decision.JustificationHash);
        Assert.Equal(HashOf(sealedEntry, PrivateFieldNames.ContextDelta), entry.Decision.ContextDeltaHash);
        Assert.Null(entry.Decision.Delegation);
    }

    [Fact]
    public void The_consequence_is_the_persons_too_and_of_the_same_commit()
    {
        var life = Stage.Waiting();
        var ruling = life.Rule(id => life.Decision(id, "alice", DecisionType.Approve));
        var (decided, resumed) = (ruling.Entries[0].Entry, ruling.Entries[1].Entry);
        Assert.Equal(decided.Actor, resumed.Actor);
        Assert.Equal(decided.CommandId, resumed.CommandId);
        Assert.Equal(decided.At, resumed.At);
        Assert.Equal(ruling.Entries[0].Hash, resumed.PrevHash);
    }

    [Fact]
    public void What_is_pending_is_bound_to_exactly_what_is_shown()
    {
        var pending = Stage.Waiting().Instance!.Pending!;
        Assert.Equal(pending.Snapshot!.Hash(), pending.Request.ContextSnapshotHash);
        Assert.Equal(Life.Json("""{"amount":1250,"environment":"production"}"""), pending.Snapshot!.Value);
    }

    [Fact]
    public void Every_private_field_of_a_commit_has_a_salt_of_its_own()
    {
        var life = Stage.Waiting();
        var ruling = life.Rule(id => life.Decision(id, "alice", DecisionType.Override, delta: """{"percent":5}"""));
        var salts = ruling.Entries.SelectMany(entry => entry.Payload).Select(field => Convert.ToHexString(field.Salt.Span)).ToList();
        Assert.Equal(2, salts.Distinct().Count());
        Assert.All(salts, salt => Assert.Equal(2 * PrivateField.SaltSize, salt.Length));
    }

    private static Digest? HashOf(SealedEntry entry, string name) =>
        entry.Payload.SingleOrDefault(field => field.Name == name)?.Hash();
}
