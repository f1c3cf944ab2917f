using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Queues;

/// <summary>When there is work, who gets it, and what comes with it.</summary>
public sealed class ClaimTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    private const int Claimers = 8;
    private const int Tasks = 64;

    [Fact]
    public async Task An_instance_that_runs_is_handed_out_once_with_its_context()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var id = await shop.RunningAsync(context: """{"change":"CHG-1"}""");
        var task = await shop.TakeAsync();

        Assert.Equal((id, WorkKind.Start, 1, 1L), (task.Instance.InstanceId, task.Kind, task.Attempt, task.Lease.FencingToken));
        Assert.Equal("""{"change":"CHG-1"}""", task.Instance.Context.ToString());
        Assert.Empty(await shop.ClaimAsync());
        Assert.Null((await shop.CompleteAsync(task)).Refusal);
        Assert.Empty(await shop.ClaimAsync());
        Assert.Equal((ExecutionState.Completed, null), await shop.StateAsync(id));
    }

    [Fact]
    public async Task What_waits_for_a_person_is_not_to_be_had_and_goes_on_in_a_new_process_with_what_was_approved()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var id = await shop.RunningAsync();
        var grain = shop.Silo.Host.Instance(id);
        var first = await shop.TakeAsync();
        Assert.Equal(ExecutionState.WaitingForHuman, (await shop.AskAsync(first)).Instance!.State);
        Assert.Empty(await shop.ClaimAsync());
        Assert.Null((await shop.SuspendAsync(first)).Refusal);
        Assert.Empty(await shop.ClaimAsync());

        var offer = await shop.Silo.OfferAsync(id, DecisionType.Override, delta: """{"percent":5}""");
        Assert.Null((await shop.Silo.DecideAsync(id, WorkingSilo.Caller(Lives.Life.Person("alice"), "release-manager"), offer)).Refusal);
        var second = await shop.TakeAsync();

        Assert.Equal((WorkKind.Resume, 1, 2L), (second.Kind, second.Attempt, second.Lease.FencingToken));
        Assert.NotEqual(first.Lease.TaskId, second.Lease.TaskId);
        Assert.Equal("""{"gate":"patient","percent":5}""", second.Instance.Context.ToString());
        Assert.Equal("""{"ref":"s3://bucket/1"}""", second.Instance.Checkpoint.ToString());
        Assert.Equal(ExecutionState.Running, (await grain.ReadAsync())!.State);
        Assert.Equal(RefusalCode.LeaseLost, (await shop.CompleteAsync(first)).Refusal!.Code);
        Assert.Null((await shop.CompleteAsync(second)).Refusal);
    }

    [Fact]
    public async Task A_process_that_is_still_at_work_keeps_the_next_one_out()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var id = await shop.RunningAsync();
        var first = await shop.TakeAsync();
        await shop.AskAsync(first);
        Assert.Null((await shop.Silo.ApproveAsync(id)).Refusal);

        Assert.Empty(await shop.ClaimAsync());
        Assert.Equal((ExecutionState.Resumed, null), await shop.StateAsync(id));
        Assert.Null((await shop.SuspendAsync(first)).Refusal);
        Assert.Equal(WorkKind.Resume, (await shop.TakeAsync()).Kind);
    }

    [Fact]
    public async Task An_agent_that_suspends_by_itself_is_decided_on_by_the_usual_approvers()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var id = await shop.RunningAsync();
        await shop.SuspendAsync(await shop.TakeAsync());

        Assert.Equal((ExecutionState.WaitingForHuman, null), await shop.StateAsync(id));
        Assert.Null((await shop.Silo.ApproveAsync(id)).Refusal);
        Assert.Equal(WorkKind.Resume, (await shop.TakeAsync()).Kind);
    }

    [Fact]
    public async Task An_instance_that_waits_since_its_start_makes_work_only_once_it_is_approved()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var id = await shop.RunningAsync(context: """{"gate":"patient"}""");
        Assert.Empty(await shop.ClaimAsync());
        Assert.Null((await shop.Silo.ApproveAsync(id)).Refusal);

        var task = await shop.TakeAsync();
        Assert.Equal((WorkKind.Resume, null), (task.Kind, task.Instance.Checkpoint));
    }

    [Fact]
    public async Task Many_runners_of_several_silos_never_get_the_same_work()
    {
        await using var shop = await Workshop.OpenAsync(server.Database, silos: 2);
        var made = new List<Guid>();
        for (var number = 0; number < Tasks; number++)
        {
            made.Add(await shop.RunningAsync(silo: number % 2));
        }

        var handed = (await Task.WhenAll(Enumerable.Range(0, Claimers).Select(async claimer =>
        {
            var mine = new List<Guid>();
            while (await shop.ClaimAsync(3, silo: claimer % 2) is { Length: > 0 } tasks)
            {
                mine.AddRange(tasks.Select(task => task.Instance.InstanceId));
            }

            return mine;
        }))).SelectMany(mine => mine).ToList();

        // Rows that another claim is looking at are passed by, so the last few may be left for whoever asks next.
        handed.AddRange((await shop.ClaimAsync(Tasks)).Select(task => task.Instance.InstanceId));
        Assert.Equal(made.Order(), handed.Order());
    }

    [Fact]
    public async Task A_flood_of_one_workflow_holds_up_no_other()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        await shop.RegisterAsync("rare");
        for (var number = 0; number < 20; number++)
        {
            await shop.RunningAsync();
        }

        var rare = await shop.RunningAsync("rare");

        Assert.Contains(rare, (await shop.ClaimAsync(2)).Select(task => task.Instance.InstanceId));
    }

    [Fact]
    public async Task The_work_of_one_workflow_is_handed_out_in_the_order_in_which_it_came()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var (first, second, third) = (await shop.RunningAsync(), await shop.RunningAsync(), await shop.RunningAsync());

        Assert.Equal(new[] { first, second }.Order(), (await shop.ClaimAsync(2)).Select(task => task.Instance.InstanceId).Order());
        Assert.Equal(third, (await shop.TakeAsync()).Instance.InstanceId);
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_a_commit_of_another_silo()
    {
        await using var shop = await Workshop.OpenAsync(server.Database, silos: 2);
        var waiting = shop.ClaimAsync(wait: TestFolder.Patience);
        await Until.TrueAsync(() => shop.Silo.Queues.WaitingRunners == 1);
        Assert.False(waiting.IsCompleted);
        var id = await shop.RunningAsync(silo: 1);

        Assert.Equal(id, Assert.Single(await waiting).Instance.InstanceId);
        Assert.Equal(0, shop.Silo.Queues.WaitingRunners);
    }

    [Fact]
    public async Task Of_many_who_wait_one_gets_it_and_the_others_go_on_waiting()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var waiting = Enumerable.Range(0, Claimers).Select(_ => shop.ClaimAsync(wait: TestFolder.Patience)).ToList();
        await Until.TrueAsync(() => shop.Silo.Queues.WaitingRunners == Claimers);
        for (var number = 0; number < Claimers; number++)
        {
            await shop.RunningAsync();
            waiting.Remove(await Task.WhenAny(waiting));
            Assert.DoesNotContain(waiting, one => one.IsCompleted);
        }

        Assert.Empty(waiting);
    }

    [Fact]
    public async Task A_queue_of_another_team_looks_as_if_it_were_not_there()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        await shop.RunningAsync();

        Assert.Empty(await shop.ClaimAsync(team: "strangers"));
        Assert.Empty(await shop.Silo.Queues.ListAsync(["strangers"]));
        Assert.Single(await shop.ClaimAsync());
    }

    [Fact]
    public async Task A_runner_that_has_hung_up_uses_up_neither_an_attempt_nor_an_approval()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var begun = await shop.RunningAsync();
        var approved = await shop.RunningAsync(context: """{"gate":"patient"}""");
        Assert.Null((await shop.Silo.ApproveAsync(approved)).Refusal);

        Assert.Empty(await shop.ClaimAsync(10, gone: new CancellationToken(canceled: true)));

        Assert.Equal((ExecutionState.Resumed, null), await shop.StateAsync(approved));
        var tasks = await shop.ClaimAsync(10);
        Assert.Equal(new[] { begun, approved }.Order(), tasks.Select(task => task.Instance.InstanceId).Order());
        Assert.All(tasks, task => Assert.Equal(1, task.Attempt));
    }

    [Fact]
    public async Task What_was_cancelled_is_not_handed_out_and_its_runner_is_told()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        var (begun, waiting) = (await shop.RunningAsync(), Guid.Empty);
        var task = await shop.TakeAsync();
        waiting = await shop.RunningAsync();
        Assert.Null((await shop.Silo.Host.Instance(begun).CancelAsync(WorkingSilo.Caller(Lives.Life.Agent), null)).Refusal);
        Assert.Null((await shop.Silo.Host.Instance(waiting).CancelAsync(WorkingSilo.Caller(Lives.Life.Agent), null)).Refusal);

        Assert.Empty(await shop.ClaimAsync());
        Assert.Null(await shop.Silo.Queues.ExtendAsync(begun, task.Lease, TimeSpan.FromMinutes(1)));
        Assert.False(await shop.Silo.Queues.HoldsAsync(begun, task.Lease));
    }
}
