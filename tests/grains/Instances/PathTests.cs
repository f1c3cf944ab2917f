using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Instances;

/// <summary>The way of every command: state, ruling, commit, and the answer.</summary>
public sealed class PathTests
{
    [Fact]
    public async Task A_whole_life_is_committed_and_the_verifier_believes_it()
    {
        var house = await House.OpenAsync();
        var grain = await house.ResumedAsync();
        await grain.ClaimAsync(House.Runner("claim"), WorkKind.Resume);
        var reply = await grain.CompleteAsync(House.Runner("complete"), new WorkRemains(Life.Json("[]"), new Cost("EUR", "1")));

        Assert.Equal(ExecutionState.Completed, reply.Instance!.State);
        Assert.Equal([EventType.EvidenceAttached, EventType.CostRecorded, EventType.Completed], reply.Entries.Select(entry => entry.Type));
        house.MustBeValid();
    }

    [Fact]
    public async Task A_creation_reads_nothing_of_its_fresh_id_and_takes_one_commit()
    {
        var house = await House.OpenAsync();
        await house.RunningAsync();
        var (reads, commits) = (house.Ledger.Reads, house.Ledger.Commits);

        await house.RunningAsync("another");

        Assert.Equal((reads, commits + 1), (house.Ledger.Reads, house.Ledger.Commits));
    }

    [Fact]
    public async Task A_command_on_a_known_instance_takes_one_commit_and_no_reading()
    {
        var house = await House.OpenAsync();
        var grain = await house.RunningAsync();
        var (reads, commits) = (house.Ledger.Reads, house.Ledger.Commits);

        await House.AskAsync(grain, "ask");

        Assert.Equal((reads, commits + 1), (house.Ledger.Reads, house.Ledger.Commits));
    }

    [Fact]
    public async Task Another_process_folds_the_same_instance()
    {
        var house = await House.OpenAsync();
        var grain = await house.WaitingAsync();
        var here = (await grain.ReadAsync())!;

        var there = (await house.NewProcess().Instance(here.InstanceId).ReadAsync())!;

        Assert.Equal((here.State, here.Sequence, here.Head, here.UpdatedAt), (there.State, there.Sequence, there.Head, there.UpdatedAt));
        Assert.Equal(here.Pending!.Request.ContextSnapshotHash, there.Pending!.Request.ContextSnapshotHash);
    }

    [Fact]
    public async Task An_instance_that_does_not_exist_is_not_found()
    {
        var house = await House.OpenAsync();
        var grain = house.Grains.Instance(house.Moments.Next().NewId);

        Assert.Null(await grain.ReadAsync());
        Assert.Equal(RefusalCode.NotFound, (await grain.StartAsync(House.Agent("start"))).Refusal!.Code);
    }

    [Theory]
    [InlineData("deploy", "4", House.Team)]
    [InlineData("nothing", "3", House.Team)]
    [InlineData("deploy", "3", "search")]
    public async Task A_workflow_that_the_team_does_not_have_is_not_found(string workflow, string version, string team)
    {
        var house = await House.OpenAsync();
        var reply = await house.Grains.Instance(house.Moments.Next().NewId).CreateAsync(House.Agent("create"), new Creation(workflow, version, team, Life.Json("{}")));

        Assert.Equal(RefusalCode.NotFound, reply.Refusal!.Code);
        Assert.Null(reply.Instance);
    }

    [Fact]
    public async Task An_instance_may_be_created_now_and_started_later()
    {
        var house = await House.OpenAsync();
        var grain = house.Grains.Instance(house.Moments.Next().NewId);
        Assert.Equal(ExecutionState.Created, (await grain.CreateAsync(House.Agent("create"), House.Creation(start: false))).Instance!.State);

        Assert.Equal(ExecutionState.Running, (await grain.StartAsync(House.Agent("start"))).Instance!.State);
        house.MustBeValid();
    }

    [Fact]
    public async Task An_expiry_of_which_nothing_is_due_answers_the_state()
    {
        var house = await House.OpenAsync();
        var grain = await house.WaitingAsync();

        var reply = await grain.ExpireAsync(House.Key("expire"), Deadline.Decision);

        Assert.Null(reply.Refusal);
        Assert.Empty(reply.Entries);
        Assert.Equal(ExecutionState.WaitingForHuman, reply.Instance!.State);
    }

    [Fact]
    public async Task A_decision_that_comes_too_late_commits_the_expiry_and_is_refused()
    {
        var house = await House.OpenAsync();
        var grain = await house.WaitingAsync();
        house.Log.Now = house.Log.Now.Plus(Stage.HalfAnHour);

        var reply = await House.ApproveAsync(grain, "late");

        Assert.Equal(RefusalCode.InvalidTransition, reply.Refusal!.Code);
        Assert.Equal([EventType.Timeout, EventType.Escalated], reply.Entries.Select(entry => entry.Type));
        Assert.Null(await house.Ledger.FindAsync(reply.Entries[0].Subject, House.Key("late")));
        house.MustBeValid();
    }

    [Fact]
    public async Task An_agent_that_suspends_waits_for_the_default_approvers()
    {
        var house = await House.OpenAsync();
        var grain = await house.RunningAsync();

        var reply = await grain.SuspendAsync(House.Runner("suspend"), new WorkRemains(), Life.Json("""{"ref":"s3://bucket/checkpoint"}"""));

        Assert.Equal(["release-manager"], reply.Instance!.Pending!.Request.EligibleApproverRoles.AsEnumerable());
        house.MustBeValid();
    }

    [Fact]
    public async Task Notes_follow_an_end()
    {
        var house = await House.OpenAsync();
        var grain = await house.RunningAsync();
        await grain.CancelAsync(House.Agent("cancel"), "not needed any more");
        await grain.AttachEvidenceAsync(House.Agent("attach"), Life.Json("[]"));
        await grain.RecordCostAsync(House.Agent("cost"), new Cost("EUR", "2"));
        var reply = await grain.RedactAsync(House.Caller("redact", "dora"), new Redaction(1, ["trigger_context"]), "asked for by the customer");

        Assert.Null(reply.Refusal);
        Assert.Null(reply.Instance!.TriggerContext);
    }
}
