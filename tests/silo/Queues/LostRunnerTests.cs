using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Queues;

/// <summary>Runners that are not heard of any more, and what becomes of their work.</summary>
public sealed class LostRunnerTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    private static readonly TimeSpan Over = TimeSpan.Zero;

    [Fact]
    public async Task Work_that_was_begun_is_begun_again_as_often_as_its_workflow_says_and_then_ends()
    {
        await using var shop = await Workshop.OpenAsync(server.Database, attempts: "\"start_attempts\":2,");
        var id = await shop.RunningAsync();
        await shop.SearchAsync();
        var first = await shop.TakeAsync(lease: Over);
        var second = await AgainAsync(shop, lease: Over);

        Assert.Equal((2, first.Lease.TaskId, first.Lease.FencingToken + 1), (second.Attempt, second.Lease.TaskId, second.Lease.FencingToken));
        await Until.TrueAsync(async () => await shop.StateAsync(id) == (ExecutionState.Terminated, Reason.RunnerLost));
        Assert.Empty(await shop.ClaimAsync());
        Assert.Equal(RefusalCode.InvalidTransition, (await shop.CompleteAsync(second)).Refusal!.Code);
    }

    [Fact]
    public async Task A_stale_runner_is_refused_and_changes_nothing()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var id = await shop.RunningAsync();
        await shop.SearchAsync();
        var stale = await shop.TakeAsync(lease: Over);
        var present = await AgainAsync(shop);
        var before = await shop.EntriesAsync(id);

        Assert.Equal(RefusalCode.LeaseLost, (await shop.AskAsync(stale)).Refusal!.Code);
        Assert.Equal(RefusalCode.LeaseLost, (await shop.SuspendAsync(stale)).Refusal!.Code);
        Assert.Equal(RefusalCode.LeaseLost, (await shop.CompleteAsync(stale)).Refusal!.Code);
        Assert.Null(await shop.Silo.Queues.ExtendAsync(id, stale.Lease, TimeSpan.FromMinutes(1)));
        Assert.Equal(before, await shop.EntriesAsync(id));
        Assert.Null((await shop.CompleteAsync(present)).Refusal);
    }

    [Fact]
    public async Task Of_two_runners_with_the_same_work_exactly_one_outcome_counts()
    {
        await using var shop = await Workshop.OpenAsync(server.Database, silos: 2);
        var id = await shop.RunningAsync();
        await shop.SearchAsync();
        var one = await shop.TakeAsync(lease: Over);
        var other = await AgainAsync(shop);

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => shop.CompleteAsync(number % 2 == 0 ? one : other, silo: number % 2)));

        Assert.Single(replies, reply => reply.Refusal is null);
        Assert.Equal((ExecutionState.Completed, null), await shop.StateAsync(id));
        Assert.Equal(3, await shop.EntriesAsync(id));
    }

    [Fact]
    public async Task A_runner_that_says_it_is_still_at_it_keeps_the_work()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var id = await shop.RunningAsync();
        var task = await shop.TakeAsync(lease: Over);
        Assert.NotNull(await shop.Silo.Queues.ExtendAsync(id, task.Lease, TimeSpan.FromMinutes(5)));
        await shop.SearchAsync();
        var lost = await shop.RunningAsync();
        await shop.TakeAsync(lease: Over);

        // The search has passed over both by the time that it has found the one.
        Assert.Equal(lost, (await AgainAsync(shop)).Instance.InstanceId);
        Assert.True(await shop.Silo.Queues.HoldsAsync(id, task.Lease));
    }

    [Fact]
    public async Task An_approval_authorises_one_execution()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var id = await ApprovedAsync(shop);
        var task = await shop.TakeAsync(lease: Over);
        await shop.SearchAsync();

        Assert.Equal(WorkKind.Resume, task.Kind);
        await Until.TrueAsync(async () => await shop.StateAsync(id) == (ExecutionState.Terminated, Reason.RunnerLost));
        Assert.Empty(await shop.ClaimAsync());
    }

    [Fact]
    public async Task A_workflow_may_allow_more_than_one_process_after_an_approval()
    {
        await using var shop = await Workshop.OpenAsync(server.Database, attempts: "\"resume_attempts\":2,");
        var id = await ApprovedAsync(shop);
        var first = await shop.TakeAsync(lease: Over);
        await shop.SearchAsync();
        var second = await AgainAsync(shop);

        Assert.Equal((WorkKind.Resume, 1), (first.Kind, first.Attempt));
        Assert.Equal((WorkKind.Resume, 2, id), (second.Kind, second.Attempt, second.Instance.InstanceId));
        Assert.Equal(RefusalCode.LeaseLost, (await shop.CompleteAsync(first)).Refusal!.Code);
        Assert.Null((await shop.CompleteAsync(second)).Refusal);
    }

    [Fact]
    public async Task A_process_that_vanished_while_a_person_was_asked_keeps_nobody_out_for_long()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var id = await shop.RunningAsync();
        var first = await shop.TakeAsync(lease: Over);
        await shop.AskAsync(first);
        Assert.Null((await shop.Silo.ApproveAsync(id)).Refusal);
        await shop.SearchAsync();

        Assert.Equal(WorkKind.Resume, (await AgainAsync(shop)).Kind);
        Assert.Equal(RefusalCode.LeaseLost, (await shop.CompleteAsync(first)).Refusal!.Code);
    }

    [Fact]
    public async Task A_silo_that_dies_between_taking_the_work_and_telling_the_instance_costs_no_attempt()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        await ApprovedAsync(shop);

        // All that such a silo leaves behind is a row with a lease.
        await Query.RunAsync(server.Database.Owner, $"UPDATE task SET lease_until = clock_timestamp(), held_task_id = task_id, fencing_token = fencing_token + 1 WHERE queue = '{shop.Queue}'");
        await shop.SearchAsync();
        var task = await AgainAsync(shop);

        Assert.Equal((WorkKind.Resume, 1), (task.Kind, task.Attempt));
        Assert.Null((await shop.CompleteAsync(task)).Refusal);
    }

    private static async Task<Guid> ApprovedAsync(Workshop shop)
    {
        var id = await shop.RunningAsync(context: """{"gate":"patient"}""");
        Assert.Null((await shop.Silo.ApproveAsync(id)).Refusal);
        return id;
    }

    // What another runner gets once the search has freed it.
    private static async Task<HandedTask> AgainAsync(Workshop shop, TimeSpan? lease = null)
    {
        HandedTask? found = null;
        await Until.TrueAsync(async () => (found = (await shop.ClaimAsync(lease: lease, runner: "r2")).FirstOrDefault()) is not null);
        return found!;
    }
}
