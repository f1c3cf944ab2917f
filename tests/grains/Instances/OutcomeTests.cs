using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Instances;

/// <summary>What the grain makes of each thing that a ledger can say.</summary>
public sealed class OutcomeTests
{
    [Fact]
    public async Task After_a_conflict_it_reads_what_others_did_and_decides_again()
    {
        var house = await House.OpenAsync();
        var here = await house.RunningAsync();
        var there = house.NewProcess().Instance((await here.ReadAsync())!.InstanceId);
        await House.AskAsync(there, "ask");

        var reply = await here.AttachEvidenceAsync(House.Agent("attach"), Life.Json("[]"));

        Assert.Null(reply.Refusal);
        Assert.Equal(ExecutionState.WaitingForHuman, reply.Instance!.State);
        house.MustBeValid();
    }

    [Fact]
    public async Task A_refusal_is_never_a_stale_one()
    {
        var house = await House.OpenAsync();
        var here = await house.WaitingAsync();
        var there = house.NewProcess().Instance((await here.ReadAsync())!.InstanceId);
        await House.ApproveAsync(there, "approve");

        Assert.Null((await here.ClaimAsync(House.Runner("claim"), WorkKind.Resume)).Refusal);
    }

    [Fact]
    public async Task Work_is_not_begun_on_what_this_process_believes()
    {
        var house = await House.OpenAsync();
        var here = await house.RunningAsync();
        await house.NewProcess().Instance((await here.ReadAsync())!.InstanceId).CancelAsync(House.Agent("cancel"), null);

        Assert.Equal(RefusalCode.InvalidTransition, (await here.ClaimAsync(House.Runner("claim"), WorkKind.Start)).Refusal!.Code);
    }

    [Fact]
    public async Task Of_two_decisions_at_once_the_second_is_told_of_the_first()
    {
        var house = await House.OpenAsync();
        var here = await house.WaitingAsync();
        var there = house.NewProcess().Instance((await here.ReadAsync())!.InstanceId);
        var seen = (await there.ReadAsync())!.Pending!.Request.ContextSnapshotHash;
        await House.DecideAsync(there, "first", seen, "alice");

        var second = await House.DecideAsync(here, "second", seen, "bob");

        Assert.Equal(RefusalCode.InvalidTransition, second.Refusal!.Code);
        Assert.Contains(second.Instance!.LastDecision!.DecisionId.ToString("D"), second.Refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_never_comes_first_is_told_that_it_is_overloaded()
    {
        var house = await House.OpenAsync();
        var grain = await house.RunningAsync();
        house.Ledger.OnCommit = _ => LedgerFault.Conflict;

        Assert.Equal(RefusalCode.Overloaded, (await House.AskAsync(grain, "ask")).Refusal!.Code);
        Assert.Equal(ExecutionState.Running, (await grain.ReadAsync())!.State);
    }

    [Theory]
    [InlineData(LedgerFault.Unavailable, RefusalCode.StorageUnavailable)]
    [InlineData(LedgerFault.Overloaded, RefusalCode.Overloaded)]
    public async Task A_commit_that_failed_leaves_the_state_and_the_key_may_be_sent_again(LedgerFault fault, RefusalCode code)
    {
        var house = await House.OpenAsync();
        var grain = await house.RunningAsync();
        house.Ledger.OnCommit = _ => fault;
        var failed = await House.AskAsync(grain, "ask");
        Assert.Equal((code, ExecutionState.Running), (failed.Refusal!.Code, failed.Instance!.State));
        Assert.False(grain.OwesFailure);

        house.Ledger.OnCommit = _ => LedgerFault.None;
        Assert.Null((await House.AskAsync(grain, "ask")).Refusal);
    }

    [Fact]
    public async Task Storage_that_cannot_be_read_is_said_to_be_unavailable()
    {
        var house = await House.OpenAsync();
        var grain = house.NewProcess().Instance((await (await house.WaitingAsync()).ReadAsync())!.InstanceId);
        house.Ledger.OnRead = _ => false;

        Assert.Equal(RefusalCode.StorageUnavailable, (await grain.CancelAsync(House.Agent("cancel"), null)).Refusal!.Code);
        Assert.Equal(RefusalCode.StorageUnavailable, (await house.NewProcess().Instance(Guid.Empty).CreateAsync(House.Agent("new"), House.Creation())).Refusal!.Code);
    }

    [Fact]
    public async Task Storage_that_is_away_does_not_look_like_a_policy_that_is_away()
    {
        var house = await House.OpenAsync();
        var grain = house.NewProcess().Instance((await (await house.RunningAsync()).ReadAsync())!.InstanceId);
        house.Ledger.OnRead = subject => subject.Type != SubjectType.Policy;

        var reply = await House.AskAsync(grain, "ask");

        Assert.Equal((RefusalCode.StorageUnavailable, ExecutionState.Running), (reply.Refusal!.Code, reply.Instance!.State));
    }

    [Fact]
    public async Task Evidence_that_cannot_be_produced_ends_the_instance()
    {
        var house = await House.OpenAsync();
        var grain = await house.RunningAsync();
        house.Ledger.OnCommit = commit => commit.Key is null ? LedgerFault.None : LedgerFault.Rejected;

        var reply = await House.AskAsync(grain, "ask");

        Assert.Equal(RefusalCode.EvidenceFailure, reply.Refusal!.Code);
        Assert.Equal((ExecutionState.Terminated, Reason.EvidenceFailure), (reply.Instance!.State, reply.Instance.Reason));
        house.MustBeValid();
    }

    [Fact]
    public async Task Of_a_creation_whose_evidence_cannot_be_produced_nothing_exists()
    {
        var house = await House.OpenAsync();
        house.Ledger.OnCommit = _ => LedgerFault.Rejected;
        var grain = house.Grains.Instance(house.Moments.Next().NewId);

        Assert.Equal(RefusalCode.EvidenceFailure, (await grain.CreateAsync(House.Agent("create"), House.Creation())).Refusal!.Code);
        Assert.Null(await grain.ReadAsync());
        Assert.False(grain.OwesFailure);
    }

    [Fact]
    public async Task An_end_that_cannot_be_committed_either_is_owed()
    {
        var house = await House.OpenAsync();
        var grain = await house.RunningAsync();
        house.Ledger.OnCommit = commit => commit.Key is null ? LedgerFault.Unavailable : LedgerFault.Rejected;
        Assert.Equal(RefusalCode.EvidenceFailure, (await House.AskAsync(grain, "ask")).Refusal!.Code);
        Assert.True(grain.OwesFailure);

        house.Ledger.OnCommit = _ => LedgerFault.None;
        Assert.True(await grain.SettleAsync());
        Assert.Equal(Reason.EvidenceFailure, (await grain.ReadAsync())!.Reason);
    }

    [Fact]
    public async Task The_stricter_setting_owes_an_end_to_storage_that_was_away_and_refuses_everything_until_then()
    {
        var house = await House.OpenAsync(OnStorageFailure.Terminate);
        var grain = await house.RunningAsync();
        house.Ledger.OnCommit = _ => LedgerFault.Unavailable;
        Assert.Equal(RefusalCode.StorageUnavailable, (await House.AskAsync(grain, "ask")).Refusal!.Code);
        Assert.True(grain.OwesFailure);
        Assert.False(await grain.SettleAsync());
        Assert.Equal(RefusalCode.EvidenceFailure, (await grain.AttachEvidenceAsync(House.Agent("attach"), Life.Json("[]"))).Refusal!.Code);

        house.Ledger.OnCommit = _ => LedgerFault.None;
        var late = await House.AskAsync(grain, "ask");

        Assert.Equal((RefusalCode.InvalidTransition, Reason.EvidenceFailure), (late.Refusal!.Code, late.Instance!.Reason));
        Assert.False(grain.OwesFailure);
        house.MustBeValid();
    }

    [Theory]
    [InlineData(LedgerFault.Overloaded)]
    [InlineData(LedgerFault.Conflict)]
    public async Task The_stricter_setting_is_about_storage_that_was_away_and_nothing_else(LedgerFault fault)
    {
        var house = await House.OpenAsync(OnStorageFailure.Terminate);
        var grain = await house.RunningAsync();
        house.Ledger.OnCommit = _ => fault;
        await House.AskAsync(grain, "ask");

        Assert.False(grain.OwesFailure);
    }

    [Fact]
    public async Task What_is_owed_is_settled_by_another_end_too()
    {
        var house = await House.OpenAsync(OnStorageFailure.Terminate);
        var grain = await house.RunningAsync();
        house.Ledger.OnCommit = _ => LedgerFault.Unavailable;
        await House.AskAsync(grain, "ask");
        house.Ledger.OnCommit = _ => LedgerFault.None;
        await house.NewProcess().Instance((await grain.ReadAsync())!.InstanceId).CancelAsync(House.Agent("cancel"), null);

        Assert.True(await grain.SettleAsync());
        Assert.Equal(Reason.Cancelled, (await grain.ReadAsync())!.Reason);
    }
}
