using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Instances;

/// <summary>The same key again gets the first result, whatever has happened since.</summary>
public sealed class IdempotencyTests
{
    [Fact]
    public async Task A_decision_sent_twice_gets_its_first_result_twice()
    {
        var house = await House.OpenAsync();
        var grain = await house.WaitingAsync();
        var seen = (await grain.ReadAsync())!.Pending!.Request.ContextSnapshotHash;
        var first = await House.DecideAsync(grain, "approve", seen);

        var second = await House.DecideAsync(grain, "approve", seen);

        Assert.Null(second.Refusal);
        AssertSame(first, second);
        Assert.Equal([EventType.Approved, EventType.Resumed], second.Entries.Select(entry => entry.Type));
    }

    [Fact]
    public async Task It_is_the_instance_of_then_and_not_of_now()
    {
        var house = await House.OpenAsync();
        var grain = await house.WaitingAsync();
        var seen = (await grain.ReadAsync())!.Pending!.Request.ContextSnapshotHash;
        var first = await House.DecideAsync(grain, "approve", seen);
        await grain.ClaimAsync(House.Runner("claim"), WorkKind.Resume);
        await grain.CompleteAsync(House.Runner("complete"), new WorkRemains());

        AssertSame(first, await House.DecideAsync(house.NewProcess().Instance(first.Instance!.InstanceId), "approve", seen));
        Assert.Equal(ExecutionState.Completed, (await grain.ReadAsync())!.State);
    }

    [Fact]
    public async Task A_request_that_the_core_would_take_again_is_replayed_by_the_ledger()
    {
        var house = await House.OpenAsync();
        var grain = await house.RunningAsync();
        var first = await grain.RequestAuthorityAsync(House.Agent("ask"), "plan", Life.Json("{}"));

        AssertSame(first, await grain.RequestAuthorityAsync(House.Agent("ask"), "plan", Life.Json("{}")));
        Assert.Equal(3, (await grain.ReadAsync())!.Sequence);
    }

    [Fact]
    public async Task A_creation_sent_again_for_a_fresh_id_answers_the_first_instance()
    {
        var house = await House.OpenAsync();
        var first = await (await house.RunningAsync()).ReadAsync();

        var second = await house.Grains.Instance(house.Moments.Next().NewId).CreateAsync(House.Agent("create"), House.Creation());

        Assert.Equal((first!.InstanceId, first.Head), (second.Instance!.InstanceId, second.Instance.Head));
        Assert.Equal(2, second.Entries.Length);
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_a_conflict_also_where_the_core_refuses()
    {
        var house = await House.OpenAsync();
        var grain = await house.ResumedAsync();
        var other = House.Runner("approve") with { Key = House.Key("approve", "something else") };

        Assert.Equal(RefusalCode.IdempotencyConflict, (await grain.CancelAsync(other, null)).Refusal!.Code);
        Assert.Equal(RefusalCode.IdempotencyConflict, (await grain.StartAsync(other)).Refusal!.Code);
        Assert.Equal(ExecutionState.Resumed, (await grain.ReadAsync())!.State);
    }

    [Fact]
    public async Task A_key_that_was_refused_may_be_used_again_and_its_replay_leaves_out_what_the_refusal_brought_to_light()
    {
        var house = await House.OpenAsync();
        var grain = await house.WaitingAsync();
        var seen = (await grain.ReadAsync())!.Pending!.Request.ContextSnapshotHash;
        house.Log.Now = house.Log.Now.Plus(Stage.HalfAnHour);
        Assert.Equal(RefusalCode.InvalidTransition, (await House.DecideAsync(grain, "decide", seen, "carol", "cto")).Refusal!.Code);
        var first = await House.DecideAsync(grain, "decide", seen, "carol", "cto");

        AssertSame(first, await House.DecideAsync(grain, "decide", seen, "carol", "cto"));
        Assert.Equal([EventType.Approved, EventType.Resumed], first.Entries.Select(entry => entry.Type));
    }

    [Fact]
    public async Task An_expiry_sent_twice_gets_its_first_result_though_nothing_is_due_any_more()
    {
        var house = await House.OpenAsync();
        var grain = await house.WaitingAsync();
        house.Log.Now = house.Log.Now.Plus(Stage.HalfAnHour);
        var first = await grain.ExpireAsync(House.Key("expire"), Deadline.Decision);

        AssertSame(first, await grain.ExpireAsync(House.Key("expire"), Deadline.Decision));
        Assert.Equal([EventType.Timeout, EventType.Escalated], first.Entries.Select(entry => entry.Type));
    }

    [Fact]
    public async Task A_key_made_up_for_one_request_is_not_looked_up()
    {
        var house = await House.OpenAsync();
        var grain = await house.ResumedAsync();
        var reads = house.Ledger.Reads;

        Assert.NotNull((await grain.StartAsync(House.Agent("start") with { Key = new CommandKey(House.Hash("start"), null) })).Refusal);

        // One reading, to be sure that the refusal is not a stale one.
        Assert.Equal(reads + 1, house.Ledger.Reads);
    }

    private static void AssertSame(Reply first, Reply second)
    {
        Assert.Equal((first.Instance!.Sequence, first.Instance.Head, WireName.Of(first.Instance.State)), (second.Instance!.Sequence, second.Instance.Head, WireName.Of(second.Instance.State)));
        Assert.Equal(first.Entries.Select(entry => (entry.Sequence, entry.Type)), second.Entries.Select(entry => (entry.Sequence, entry.Type)));
    }
}
