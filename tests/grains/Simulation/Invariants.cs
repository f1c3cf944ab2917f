using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Entries;
using Gantral.Grains.Ledger;
using Gantral.Grains.Tests.Instances;

namespace Gantral.Grains.Tests.Simulation;

/// <summary>What must be true of every history.</summary>
internal static class Invariants
{
    public static async Task CheckAsync(House house, IReadOnlyList<Operation> operations)
    {
        var chains = house.Log.Entries.Where(entry => entry.Entry.Subject.Type == SubjectType.Instance).ToLookup(entry => entry.Entry.Subject);
        foreach (var chain in chains)
        {
            CheckChain([.. chain]);
            await CheckFoldAsync(house, chain.Key, chain.Last());
        }

        foreach (var operation in operations)
        {
            await CheckAsync(house, operation, chains);
        }

        house.MustBeValid();
    }

    private static void CheckChain(IReadOnlyList<SealedEntry> chain)
    {
        for (var place = 0; place < chain.Count; place++)
        {
            Assert.Equal(place + 1, chain[place].Entry.Sequence);
            Assert.Equal(place == 0 ? Digest.Zero : chain[place - 1].Hash, chain[place].Entry.PrevHash);
        }
    }

    private static async Task CheckFoldAsync(House house, Subject subject, SealedEntry last)
    {
        var instance = await house.NewProcess().Instance(Guid.Parse(subject.Id)).ReadAsync();
        Assert.Equal((last.Entry.Sequence, last.Hash, last.Entry.State), (instance!.Sequence, instance.Head, instance.State));
    }

    private static async Task CheckAsync(House house, Operation operation, ILookup<Subject, SealedEntry> chains)
    {
        var use = await house.Ledger.FindAsync(default, operation.Key) as CommitOutcome.Replayed;
        if (operation.Acknowledged is not { } first)
        {
            // It was asked when all was well in the end, so whatever it had done would have been told.
            Assert.Null(use);
            return;
        }

        Assert.NotNull(use);
        Assert.Equal((Subject.Instance(first.Instance!.InstanceId), first.Entries[^1].Sequence), (use.Subject, use.Sequence));
        CheckCommittedOnce(first, operation.Key, [.. chains[use.Subject]]);
        foreach (var reply in operation.Replies)
        {
            CheckSame(first, reply, earlier: operation.Replies.IndexOf(reply) < operation.Replies.IndexOf(first));
        }
    }

    private static void CheckCommittedOnce(Reply first, CommandKey key, SealedEntry[] chain)
    {
        foreach (var entry in first.Entries)
        {
            Assert.Equal(EntryWriter.Write(entry), chain[(int)entry.Sequence - 1].Bytes);
        }

        // What the same key brought to light while it was refused is time's doing, and the system's.
        var bySystem = first.Entries[^1].Actor == Actor.System;
        Assert.Equal(first.Entries.Length, chain.Count(entry => entry.Entry.CommandId == key.CommandId && entry.Entry.Actor == Actor.System == bySystem));
    }

    private static void CheckSame(Reply first, Reply reply, bool earlier)
    {
        if (reply.Refusal is { } refusal)
        {
            // Before it was carried out anything may be said; afterwards only that it cannot be told now.
            Assert.True(earlier || refusal.Code is RefusalCode.StorageUnavailable or RefusalCode.Overloaded or RefusalCode.EvidenceFailure, refusal.Message);
            return;
        }

        Assert.True(earlier || reply.Entries.Length > 0, "An answer without entries followed one with entries.");
        if (!reply.Entries.IsEmpty)
        {
            Assert.Equal((first.Instance!.Head, first.Instance.State), (reply.Instance!.Head, reply.Instance.State));
            Assert.Equal(first.Entries.Select(EntryWriter.Write), reply.Entries.Select(EntryWriter.Write));
        }
    }
}
