using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Queues;

/// <summary>What an operator may say about a queue, and what is seen of it.</summary>
public sealed class QueueOrderTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    [Fact]
    public async Task A_paused_queue_hands_out_nothing_until_it_is_opened()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        await shop.RunningAsync();
        await OrderAsync(shop, QueueState.Paused);
        Assert.Empty(await shop.ClaimAsync());
        await OrderAsync(shop, QueueState.Open);

        Assert.Single(await shop.ClaimAsync());
    }

    [Fact]
    public async Task A_draining_queue_goes_on_with_what_has_begun_and_begins_nothing()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        await shop.RunningAsync();
        var approved = await shop.RunningAsync(context: """{"gate":"patient"}""");
        Assert.Null((await shop.Silo.ApproveAsync(approved)).Refusal);
        await OrderAsync(shop, QueueState.Draining);

        Assert.Equal(approved, (await shop.TakeAsync()).Instance.InstanceId);
        Assert.Empty(await shop.ClaimAsync());
    }

    [Fact]
    public async Task A_limit_holds_across_silos_however_many_ask_at_once()
    {
        await using var shop = await Workshop.OpenAsync(server.Database, silos: 2);
        for (var number = 0; number < 20; number++)
        {
            await shop.RunningAsync();
        }

        await OrderAsync(shop, QueueState.Open, most: 5);
        var tasks = (await Task.WhenAll(Enumerable.Range(0, 12).Select(claimer => shop.ClaimAsync(2, silo: claimer % 2)))).SelectMany(handed => handed).ToList();

        Assert.Equal(5, tasks.Count);
        Assert.Null((await shop.CompleteAsync(tasks[0])).Refusal);
        Assert.Single(await shop.ClaimAsync(10));
    }

    [Fact]
    public async Task A_queue_is_seen_with_what_waits_and_who_is_at_work()
    {
        await using var shop = await Workshop.OpenAsync(server.Database);
        await shop.RunningAsync();
        await shop.RunningAsync();
        await shop.ClaimAsync(runner: "r7");
        await OrderAsync(shop, QueueState.Open, most: 9);

        var queue = Assert.Single(await shop.Silo.Queues.ListAsync([WorkingSilo.Team], shop.Queue));
        Assert.Equal((WorkingSilo.Team, shop.Queue, 1, 1, new QueueOrder(QueueState.Open, 9)), (queue.OwningTeamId, queue.Queue, queue.Depth, queue.AtWork, queue.Order));
        Assert.Equal(["r7"], queue.Runners.AsEnumerable());
        Assert.NotNull(queue.OldestSince);
        Assert.True(queue.OldestAge >= TimeSpan.Zero);
        Assert.Contains(shop.Queue, (await shop.Silo.Queues.ListAsync([WorkingSilo.Team])).Select(each => each.Queue));
    }

    [Fact]
    public async Task Work_may_go_on_where_a_runner_is_at_it_or_could_have_it()
    {
        await using var shop = await Workshop.OpenAsync(server.Database, silos: 2);
        var (held, waiting) = (await shop.RunningAsync(), await shop.RunningAsync());
        Assert.Equal(held, (await shop.TakeOneAsync()).Instance.InstanceId);
        Assert.Equal([held, waiting], await RunnableAsync(shop, held, waiting));

        foreach (var order in new[] { new QueueOrder(QueueState.Paused, null), new QueueOrder(QueueState.Draining, null), new QueueOrder(QueueState.Open, 1) })
        {
            await OrderAsync(shop, order.State, order.MostAtOnce);
            Assert.Equal([held], await RunnableAsync(shop, held, waiting));
        }

        await OrderAsync(shop, QueueState.Open, most: 2);
        Assert.Equal([held, waiting], await RunnableAsync(shop, held, waiting));
        Assert.Empty(await RunnableAsync(shop, Guid.CreateVersion7()));
    }

    private static async Task<IEnumerable<Guid>> RunnableAsync(Workshop shop, params Guid[] ids)
    {
        var found = await shop.Silos[1].Queues.RunnableAsync(ids);
        return ids.Where(found.Contains);
    }

    private static async Task OrderAsync(Workshop shop, QueueState state, int? most = null) =>
        await shop.Silo.Queues.OrderAsync(WorkingSilo.Team, shop.Queue, new QueueOrder(state, most), Lives.Life.Person("olga"));
}
