using Gantral.Abstractions.Refusals;
using Gantral.Lives;
using Gantral.Silo.Hosting;

namespace Gantral.Silo.Tests.Hosting;

/// <summary>One request at a time for each instance, in order; many instances at once.</summary>
public sealed class TurnTests
{
    [Fact]
    public async Task An_instance_takes_one_request_at_a_time_however_many_come()
    {
        using var house = await SiloHouse.OpenAsync();
        var id = await house.RunningAsync();
        var commits = house.Ledger.Commits;

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => house.NoteAsync(id))));

        // No request met another one's entries: there was not one conflict, so not one commit too many.
        Assert.Equal(commits + 200, house.Ledger.Commits);
        Assert.Equal(Enumerable.Range(3, 200), replies.Select(reply => (int)reply.Instance!.Sequence).Order());
        house.MustBeValid();
    }

    [Fact]
    public async Task Requests_of_one_instance_are_answered_in_the_order_in_which_they_came()
    {
        using var house = await SiloHouse.OpenAsync();
        var id = await house.RunningAsync();
        house.Ledger.OnCommit = _ => LedgerFault.HeldBefore;
        var first = house.NoteAsync(id);
        house.Ledger.OnCommit = _ => LedgerFault.None;
        var others = Enumerable.Range(0, 20).Select(_ => house.NoteAsync(id)).ToList();
        Assert.Equal(20, house.Host.WaitingRequests);

        house.Ledger.Release();

        Assert.Equal(3, (await first).Instance!.Sequence);
        Assert.Equal(Enumerable.Range(4, 20), (await Task.WhenAll(others)).Select(reply => (int)reply.Instance!.Sequence));
        Assert.Equal(0, house.Host.WaitingRequests);
    }

    [Fact]
    public async Task One_instance_that_waits_does_not_hold_up_another()
    {
        using var house = await SiloHouse.OpenAsync();
        var (slow, quick) = (await house.RunningAsync(), await house.RunningAsync());
        house.Ledger.OnCommit = _ => LedgerFault.HeldBefore;
        var held = house.NoteAsync(slow);
        house.Ledger.OnCommit = _ => LedgerFault.None;

        Assert.Null((await house.NoteAsync(quick)).Refusal);
        Assert.False(held.IsCompleted);

        house.Ledger.Release();
        Assert.Null((await held).Refusal);
    }

    [Fact]
    public async Task Many_instances_live_at_once()
    {
        using var house = await SiloHouse.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Task.Run(async () =>
        {
            var id = await house.RunningAsync();
            for (var note = 0; note < 5; note++)
            {
                Assert.Null((await house.NoteAsync(id)).Refusal);
            }
        })));

        Assert.Equal(300, house.Host.ActiveInstances);
        house.MustBeValid();
    }

    [Fact]
    public async Task Two_hosts_of_one_instance_lose_nothing_to_each_other()
    {
        using var house = await SiloHouse.OpenAsync();
        using var other = new GrainHost(house.Ledger, new PaperMoments(house.Log, seed: 2), house.Time, new GrainHostOptions());
        var id = await house.RunningAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(async () =>
            await (number % 2 == 0 ? house.Host : other).Instance(id).AttachEvidenceAsync(SiloHouse.Caller(), Life.Json("[]")))));

        // Whoever loses too often is told so, and nothing of it is there.
        var taken = replies.Count(reply => reply.Refusal is null);
        Assert.All(replies, reply => Assert.True(reply.Refusal is null or { Code: RefusalCode.Overloaded }));
        Assert.Equal(2 + taken, house.Log.Entries.Count(entry => entry.Entry.Subject.Id == id.ToString("D")));
        house.MustBeValid();
    }

    [Fact]
    public async Task Too_many_that_wait_for_one_instance_are_told_so()
    {
        using var house = await SiloHouse.OpenAsync(new GrainHostOptions { MostWaiting = 1 });
        var id = await house.RunningAsync();
        house.Ledger.OnCommit = _ => LedgerFault.HeldBefore;
        var first = house.NoteAsync(id);
        house.Ledger.OnCommit = _ => LedgerFault.None;
        var second = house.NoteAsync(id);

        Assert.Equal(RefusalCode.Overloaded, (await house.NoteAsync(id)).Refusal!.Code);
        await Assert.ThrowsAsync<GrainHostBusyException>(async () => await house.Host.Instance(id).ReadAsync());

        house.Ledger.Release();
        Assert.Null((await first).Refusal);
        Assert.Null((await second).Refusal);
    }

    [Fact]
    public async Task A_grain_that_threw_is_dropped_and_the_next_request_reads_again()
    {
        using var house = await SiloHouse.OpenAsync();
        var id = await house.RunningAsync();
        house.Ledger.OnCommit = _ => throw new InvalidOperationException("the ledger broke its word");
        await Assert.ThrowsAsync<InvalidOperationException>(() => house.NoteAsync(id));
        house.Ledger.OnCommit = _ => LedgerFault.None;
        var reads = house.Ledger.Reads;

        Assert.Null((await house.NoteAsync(id)).Refusal);
        Assert.Equal(reads + 1, house.Ledger.Reads);
    }
}
