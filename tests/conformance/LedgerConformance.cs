using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Evidence.Entries;
using Gantral.Grains.Ledger;

namespace Gantral.Conformance;

/// <summary>What every ledger must do. Whoever writes one derives a class from this and opens it.</summary>
public abstract class LedgerConformance
{
    /// <summary>The ledger under test; each test takes instances and keys of its own, so all may share one.</summary>
    protected abstract ValueTask<LedgerUnderTest> OpenAsync();

    [Fact]
    public async Task What_was_committed_is_read_back_in_order_with_its_payload()
    {
        var chain = await NewChainAsync();
        var created = await chain.CreateAsync();
        var attached = await chain.AttachAsync();

        var read = await chain.ReadAsync();

        Assert.Equal(created.Concat(attached).Select(entry => entry.Bytes), read.Select(entry => entry.Bytes));
        Assert.Equal(created.Concat(attached).Select(entry => entry.Hash), read.Select(entry => entry.Hash));
        foreach (var (written, stored) in created.Concat(attached).Zip(read))
        {
            Assert.Equal(EntryWriter.Write(written.Entry), EntryWriter.Write(stored.Entry));
            Assert.Equal(written.Payload.Select(Spell), stored.Payload.Select(Spell));
        }
    }

    [Fact]
    public async Task Reading_after_a_sequence_leaves_out_what_is_known()
    {
        var chain = await NewChainAsync();
        var created = await chain.CreateAsync();
        var attached = await chain.AttachAsync();

        Assert.Equal(attached.Select(entry => entry.Hash), (await chain.ReadAsync(created.Length)).Select(entry => entry.Hash));
        Assert.Empty(await chain.ReadAsync(created.Length + attached.Length));
    }

    [Fact]
    public async Task A_subject_of_which_nothing_is_known_reads_as_empty()
    {
        var chain = await NewChainAsync();

        Assert.Empty(await chain.ReadAsync());
    }

    [Fact]
    public async Task A_commit_that_leaves_a_gap_is_a_conflict()
    {
        var chain = await NewChainAsync();
        await chain.CreateAsync();
        chain.DraftAttach();

        Assert.IsType<CommitOutcome.Conflict>(await chain.CommitAsync(chain.DraftAttach()));
        Assert.Equal(chain.Committed, (await chain.ReadAsync()).Length);
    }

    [Fact]
    public async Task A_commit_of_a_sequence_that_is_taken_is_a_conflict()
    {
        var chain = await NewChainAsync();
        await chain.CreateAsync();
        var late = chain.DraftAttach();
        chain.Forget();
        await chain.AttachAsync();

        Assert.IsType<CommitOutcome.Conflict>(await chain.CommitAsync(late));
        Assert.Equal(chain.Committed, (await chain.ReadAsync()).Length);
    }

    [Fact]
    public async Task A_commit_that_continues_another_entry_than_the_last_is_a_conflict()
    {
        var chain = await NewChainAsync();
        await chain.CreateAsync();
        var good = chain.DraftAttach();
        var first = good.Entries[0];
        var forged = good with { Entries = [SealedEntry.Seal(first.Entry with { PrevHash = first.Hash }, [.. first.Payload])] };

        Assert.IsType<CommitOutcome.Conflict>(await chain.CommitAsync(forged));
        Assert.Equal(chain.Committed, (await chain.ReadAsync()).Length);
    }

    [Fact]
    public async Task The_same_request_under_the_same_key_is_replayed()
    {
        var chain = await NewChainAsync();
        await chain.CreateAsync();
        var commit = chain.DraftAttach(LedgerUnderTest.NewKey());
        await chain.MustCommitAsync(commit);

        var replayed = Assert.IsType<CommitOutcome.Replayed>(await chain.CommitAsync(chain.DraftAttach(commit.Key)));

        Assert.Equal((chain.Subject, chain.Committed), (replayed.Subject, replayed.Sequence));
        Assert.Equal(chain.Committed, (await chain.ReadAsync()).Length);
    }

    [Fact]
    public async Task The_very_same_commit_again_is_a_replay_and_not_a_conflict()
    {
        var chain = await NewChainAsync();
        await chain.CreateAsync();
        var commit = chain.DraftAttach(LedgerUnderTest.NewKey());
        await chain.MustCommitAsync(commit);

        Assert.Equal(new CommitOutcome.Replayed(chain.Subject, chain.Committed), await chain.CommitAsync(commit));
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_told_that_the_key_is_taken()
    {
        var chain = await NewChainAsync();
        await chain.CreateAsync();
        var key = LedgerUnderTest.NewKey();
        await chain.MustCommitAsync(chain.DraftAttach(key));

        Assert.IsType<CommitOutcome.KeyTaken>(await chain.CommitAsync(chain.DraftAttach(LedgerUnderTest.ForAnotherRequest(key))));
        Assert.Equal(chain.Committed, (await chain.ReadAsync()).Length);
    }

    [Fact]
    public async Task A_creation_that_is_sent_again_for_a_fresh_id_is_replayed_with_the_first_instance()
    {
        var (first, second) = await NewChainsAsync();
        var key = LedgerUnderTest.NewKey();
        await first.MustCommitAsync(first.DraftCreate(key));

        Assert.Equal(new CommitOutcome.Replayed(first.Subject, first.Committed), await second.CommitAsync(second.DraftCreate(key)));
        Assert.Empty(await second.ReadAsync());
    }

    [Fact]
    public async Task A_key_is_found_again_with_what_it_was_used_for()
    {
        var chain = await NewChainAsync();
        var key = LedgerUnderTest.NewKey();
        Assert.Null(await chain.FindAsync(key));
        await chain.MustCommitAsync(chain.DraftCreate(key));
        var sequence = chain.Committed;
        await chain.AttachAsync();

        Assert.Equal(new CommitOutcome.Replayed(chain.Subject, sequence), await chain.FindAsync(key));
        Assert.IsType<CommitOutcome.KeyTaken>(await chain.FindAsync(LedgerUnderTest.ForAnotherRequest(key)));
        Assert.Null(await chain.FindAsync(LedgerUnderTest.NewKey()));
    }

    [Fact]
    public async Task What_is_committed_without_a_key_leaves_the_key_unused()
    {
        var chain = await NewChainAsync();
        var created = chain.DraftCreate() with { Key = null };
        await chain.MustCommitAsync(created);

        Assert.Null(await chain.FindAsync(new CommandKey(created.Entries[0].Entry.CommandId!.Value, Digest.Zero)));
    }

    [Fact]
    public async Task A_conflict_leaves_the_key_unused()
    {
        var chain = await NewChainAsync();
        await chain.CreateAsync();
        chain.DraftAttach();
        var key = LedgerUnderTest.NewKey();

        Assert.IsType<CommitOutcome.Conflict>(await chain.CommitAsync(chain.DraftAttach(key)));
        Assert.Null(await chain.FindAsync(key));
    }

    [Fact]
    public async Task A_commit_that_rests_on_a_subject_which_has_gone_on_is_a_conflict()
    {
        var (chain, ground) = await NewChainsAsync();
        await chain.CreateAsync();
        await ground.CreateAsync();
        var late = chain.DraftAttach() with { Requires = [(ground.Subject, ground.Committed)] };
        chain.Forget();
        await ground.AttachAsync();

        Assert.IsType<CommitOutcome.Conflict>(await chain.CommitAsync(late));
        await chain.MustCommitAsync(chain.DraftAttach() with { Requires = [(ground.Subject, ground.Committed)] });
        Assert.Equal(chain.Committed, (await chain.ReadAsync()).Length);
    }

    [Fact]
    public async Task A_commit_that_rests_on_a_subject_which_is_not_there_is_a_conflict()
    {
        var (chain, ground) = await NewChainsAsync();
        await chain.CreateAsync();

        Assert.IsType<CommitOutcome.Conflict>(await chain.CommitAsync(chain.DraftAttach() with { Requires = [(ground.Subject, 1)] }));
    }

    [Fact]
    public async Task Of_many_commits_of_one_sequence_exactly_one_wins()
    {
        var chain = await NewChainAsync();
        await chain.CreateAsync();
        var rivals = Enumerable.Range(0, 8).Select(_ =>
        {
            var rival = chain.DraftAttach();
            chain.Forget();
            return rival;
        }).ToList();

        var outcomes = await Task.WhenAll(rivals.Select(rival => Task.Run(async () => await chain.CommitAsync(rival))));

        Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
        Assert.Equal(rivals.Count - 1, outcomes.OfType<CommitOutcome.Conflict>().Count());
        Assert.Equal(chain.Committed + 1, (await chain.ReadAsync()).Length);
    }

    [Fact]
    public async Task Of_many_uses_of_one_key_at_once_exactly_one_commits()
    {
        var ledger = await OpenAsync();
        var key = LedgerUnderTest.NewKey();
        var rivals = Enumerable.Range(0, 8).Select(_ => new TestChain(ledger)).ToList();

        var outcomes = await Task.WhenAll(rivals.Select(rival => Task.Run(async () => await rival.CommitAsync(rival.DraftCreate(key)))));

        var winner = rivals[Array.FindIndex(outcomes, outcome => outcome is CommitOutcome.Committed)];
        Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
        Assert.All(outcomes.OfType<CommitOutcome.Replayed>(), replayed => Assert.Equal(winner.Subject, replayed.Subject));
        Assert.Equal(rivals.Count - 1, outcomes.OfType<CommitOutcome.Replayed>().Count());
    }

    [Fact]
    public async Task Several_entries_are_committed_together_or_not_at_all()
    {
        var chain = await NewChainAsync();
        await chain.CreateAsync();
        var end = chain.DraftCancel();
        chain.Forget();
        await chain.AttachAsync();
        Assert.IsType<CommitOutcome.Conflict>(await chain.CommitAsync(end));

        await chain.MustCommitAsync(chain.DraftCancel());

        Assert.Equal(ExecutionState.Terminated, (await chain.ReadAsync())[^1].Entry.State);
        Assert.Equal(chain.Committed, (await chain.ReadAsync()).Length);
    }

    private async ValueTask<TestChain> NewChainAsync() => new(await OpenAsync());

    private async ValueTask<(TestChain First, TestChain Second)> NewChainsAsync()
    {
        var ledger = await OpenAsync();
        return (new TestChain(ledger), new TestChain(ledger));
    }

    private static (string Name, string Salt, string Value) Spell(PrivateField field) =>
        (field.Name, Convert.ToHexString(field.Salt.Span), field.Value.ToString());
}
