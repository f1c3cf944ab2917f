using System.Text.Json.Nodes;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Tests.Node;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Tests.Webhooks;

/// <summary>What happens is told, to real receivers over real HTTP, whatever becomes of them meanwhile.</summary>
public sealed class DeliveryTests(LedgerServer server) : IClassFixture<LedgerServer>
{
    private const string Other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    [Fact]
    public async Task Whoever_subscribed_is_told_in_order_what_happens_from_then_on_and_nothing_private()
    {
        await using var receiver = await Receiver.OpenAsync();
        await using var delivering = await Delivering.StartAsync(server.Database);
        await delivering.Silo.WaitingAsync();
        await delivering.SubscribeAsync(receiver.Url);
        await delivering.DeliverAsync();
        var id = await delivering.Silo.WaitingAsync();
        await delivering.Silo.MadeAsync("alice: release-manager", "/v1/decisions", await delivering.Silo.DecisionAsync(id));
        await Delivering.TakenAsync(receiver, 5);

        Assert.Equal(["CREATED", "RUNNING", "WAITING_FOR_HUMAN", "APPROVED", "RESUMED"], receiver.Told.Select(message => message.Type));
        Assert.Equal(5, receiver.Told.Select(message => message.Id).Distinct().Count());
        var told = receiver.Told.ElementAt(2);
        Assert.Equal("application/cloudevents+json; charset=utf-8", told.Headers["content-type"]);
        Assert.Equal(("1.0", told.Id, id), ((string?)told.Json["specversion"], (string?)told.Json["id"], (string?)told.Json["subject"]));
        Assert.StartsWith($"gantral://{LedgerDatabase.Origin}/", (string?)told.Json["source"], StringComparison.Ordinal);
        Assert.Equal((string?)told.Json["data"]!["at"], (string?)told.Json["time"]);
        Assert.Equal($"entry_{(string?)told.Json["data"]!["entry_hash"]}", told.Id);
        Assert.All(receiver.Told, message => Assert.DoesNotContain("production", message.Body, StringComparison.Ordinal));
        Assert.All(receiver.Told, message => Assert.DoesNotContain("understood", message.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_library_that_nobody_here_wrote_verifies_the_signature_also_while_the_secret_is_exchanged()
    {
        await using var library = await NodeService.OpenAsync("Webhooks/standardwebhooks", "standardwebhooks", Delivering.Secret);
        await using var delivering = await Delivering.StartAsync(server.Database);
        delivering.Write("webhooks/here", Other, Delivering.Secret);
        var subscription = await delivering.SubscribeAsync($"http://127.0.0.1:{library.Port}/", ",\"entry_types\":[\"CREATED\"]");
        await delivering.DeliverAsync();
        var first = await delivering.Silo.RunningAsync();
        await TakenAsync(1);

        delivering.Write("webhooks/here", Other);
        var second = await delivering.Silo.RunningAsync();
        await Until.TrueAsync(async () => await delivering.DeadAsync(subscription) == 1);

        delivering.Write("webhooks/here", Delivering.Secret);
        await delivering.Silo.MadeAsync(Delivering.Author, $"{subscription}/replay", "");
        await TakenAsync(2);
        var taken = await TakenAsync(2);

        Assert.Equal([first, second], taken.Select(one => (string?)one!["subject"]));
        await Until.TrueAsync(async () => await delivering.DeadAsync(subscription) == 0);
        Assert.DoesNotContain(delivering.Log.Lines, line => line.Contains("whsec_", StringComparison.Ordinal));

        async Task<JsonArray> TakenAsync(int count)
        {
            using var client = new HttpClient();
            JsonArray taken = [];
            await Until.TrueAsync(async () => (taken = JsonNode.Parse(await client.GetStringAsync($"http://127.0.0.1:{library.Port}/"))!.AsArray()).Count >= count);
            return taken;
        }
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_told()
    {
        await using var types = await Receiver.OpenAsync();
        await using var workflow = await Receiver.OpenAsync();
        await using var stranger = await Receiver.OpenAsync();
        await using var delivering = await Delivering.StartAsync(server.Database);
        await using var strangers = await Delivering.StartAsync(server.Database);
        await delivering.SubscribeAsync(types.Url, ",\"entry_types\":[\"WAITING_FOR_HUMAN\",\"CREATED\"]");
        await delivering.SubscribeAsync(workflow.Url, ",\"workflow_id\":\"another\"");
        await strangers.SubscribeAsync(stranger.Url);
        await delivering.DeliverAsync();
        await delivering.Silo.WaitingAsync();
        await Delivering.TakenAsync(types, 2);
        await strangers.Silo.RunningAsync();
        await strangers.DeliverAsync();
        await Delivering.TakenAsync(stranger, 2);

        Assert.Equal(["CREATED", "WAITING_FOR_HUMAN"], types.Told.Select(message => message.Type));
        Assert.Empty(workflow.Told);
        Assert.All(stranger.Told, message => Assert.Equal(strangers.Silo.Name, (string?)message.Json["data"]!["owning_team_id"]));
    }

    [Fact]
    public async Task A_receiver_that_is_down_holds_up_nobody_else_and_gets_in_the_end_what_it_missed()
    {
        await using var down = await Receiver.OpenAsync();
        await using var well = await Receiver.OpenAsync();
        down.Answer = Receiver.Status(503, "echoed");
        await using var delivering = await Delivering.StartAsync(server.Database);
        var subscription = await delivering.SubscribeAsync(down.Url, ",\"entry_types\":[\"CREATED\"]");
        await delivering.SubscribeAsync(well.Url, ",\"entry_types\":[\"CREATED\"]");
        await delivering.DeliverAsync();
        string[] ids = [await delivering.Silo.RunningAsync(), await delivering.Silo.RunningAsync()];
        await Delivering.TakenAsync(well, 2);
        await Until.TrueAsync(async () => await delivering.DeadAsync(subscription) == 2);
        Assert.Equal(6, down.Told.Count);
        Assert.Equal(2, down.Told.Select(message => message.Id).Distinct().Count());

        var letters = (await delivering.Silo.GetAsync(Delivering.Author, $"{subscription}/dead-letters?limit=1")).Body!;
        var rest = (await delivering.Silo.GetAsync(Delivering.Author, $"{subscription}/dead-letters?cursor={(string?)letters["next_cursor"]}")).Body!;
        Assert.Equal((3, "status 503"), ((int)letters["dead_letters"]![0]!["attempts"]!, (string?)letters["dead_letters"]![0]!["fault"]));
        Assert.Single(rest["dead_letters"]!.AsArray());
        Assert.DoesNotContain("echoed", letters.ToJsonString() + string.Concat(delivering.Log.Lines), StringComparison.Ordinal);

        // Still down: once more is once each, and both are dead letters still.
        await delivering.Silo.MadeAsync(Delivering.Author, $"{subscription}/replay", "");
        await Until.TrueAsync(() => down.Told.Count == 8);
        Assert.Equal(2, await delivering.DeadAsync(subscription));

        down.Answer = _ => Task.CompletedTask;
        Assert.Equal(2, (int)(await delivering.Silo.MadeAsync(Delivering.Author, $"{subscription}/replay", ""))["dead_letters"]!);
        await Delivering.TakenAsync(down, 2);
        await Until.TrueAsync(async () => await delivering.DeadAsync(subscription) == 0);
        Assert.Equal(ids.Order(), down.Taken.Select(message => (string)message.Json["subject"]!).Order());
    }

    [Fact]
    public async Task A_receiver_that_recovers_in_time_has_missed_nothing_and_keeps_the_order()
    {
        await using var receiver = await Receiver.OpenAsync();
        await using var delivering = await Delivering.StartAsync(server.Database);
        var subscription = await delivering.SubscribeAsync(receiver.Url);
        receiver.Answer = context => Receiver.Status(receiver.Told.Count % 3 == 0 ? 200 : 500)(context);
        await delivering.DeliverAsync();
        await delivering.Silo.WaitingAsync();
        await Delivering.TakenAsync(receiver, 3);

        Assert.Equal(["CREATED", "RUNNING", "WAITING_FOR_HUMAN"], receiver.Taken.Select(message => message.Type));
        Assert.Equal(9, receiver.Told.Count);
        Assert.Equal(0, await delivering.DeadAsync(subscription));
    }

    [Fact]
    public async Task Of_several_silos_one_delivers_a_subscription_at_a_time()
    {
        await using var receiver = await Receiver.OpenAsync();
        await using var delivering = await Delivering.StartAsync(server.Database);
        await delivering.SubscribeAsync(receiver.Url);
        for (var silo = 0; silo < 3; silo++)
        {
            await delivering.DeliverAsync(options => options with { TurnLength = 4 });
        }

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => delivering.Silo.RunningAsync()));

        // An answer that took too long is asked for again, under the same id. Two silos at once would go back and forth.
        await Until.TrueAsync(() => receiver.Taken.DistinctBy(message => message.Id).Count() == 40);
        foreach (var log in receiver.Told.GroupBy(message => (int)message.Json["data"]!["log_id"]!))
        {
            var positions = log.Select(message => (long)message.Json["data"]!["position"]!).ToList();
            Assert.Equal(positions.Order(), positions);
        }
    }

    [Fact]
    public async Task A_redirect_is_not_followed_a_host_that_is_not_allowed_is_not_called_and_nobody_is_waited_for_for_ever()
    {
        await using var elsewhere = await Receiver.OpenAsync();
        await using var redirecting = await Receiver.OpenAsync();
        await using var slow = await Receiver.OpenAsync();
        redirecting.Answer = context =>
        {
            context.Response.Redirect(elsewhere.Url, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        slow.Answer = Policies.PolicyService.Hang;
        await using var delivering = await Delivering.StartAsync(server.Database);
        string[] subscriptions =
        [
            await delivering.SubscribeAsync(redirecting.Url, ",\"entry_types\":[\"CREATED\"]"),
            await delivering.SubscribeAsync(slow.Url, ",\"entry_types\":[\"CREATED\"]"),
        ];
        await delivering.DeliverAsync(options => options with { MostAttempts = 1, Deadline = TimeSpan.FromMilliseconds(300) });
        await delivering.Silo.RunningAsync();
        Assert.Equal("status 307", await FaultAsync(subscriptions[0]));
        Assert.Equal("too slow", await FaultAsync(subscriptions[1]));

        // What was allowed when somebody subscribed may not be any more.
        await delivering.StopAsync();
        await using var forbidden = await Delivering.StartAsync(server.Database);
        var subscription = await forbidden.SubscribeAsync(elsewhere.Url, ",\"entry_types\":[\"CREATED\"]");
        await forbidden.DeliverAsync(options => options with { MostAttempts = 1, Hosts = new Outgoing.OutgoingHosts(["example.com"], isDevelopment: true) });
        await forbidden.Silo.RunningAsync();
        Assert.Equal("host not allowed", await FaultAsync(subscription, forbidden));
        Assert.Empty(elsewhere.Told);

        async Task<string?> FaultAsync(string path, Delivering? whose = null)
        {
            JsonArray letters = [];
            await Until.TrueAsync(async () => (letters = (await (whose ?? delivering).Silo.GetAsync(Delivering.Author, $"{path}/dead-letters")).Body!["dead_letters"]!.AsArray()).Count == 1);
            return (string?)letters[0]!["fault"];
        }
    }

    [Fact]
    public async Task What_happens_while_a_subscription_is_off_is_told_once_it_is_on_again()
    {
        await using var receiver = await Receiver.OpenAsync();
        await using var delivering = await Delivering.StartAsync(server.Database);
        var subscription = await delivering.SubscribeAsync(receiver.Url, ",\"entry_types\":[\"CREATED\"]");
        await delivering.DeliverAsync();
        string[] ids = [await delivering.Silo.RunningAsync(), ""];
        await Delivering.TakenAsync(receiver, 1);
        Assert.NotNull((string?)(await delivering.Silo.MadeAsync(Delivering.Author, $"{subscription}/disable", ""))["disabled_at"]);
        ids[1] = await delivering.Silo.RunningAsync();
        var off = (await delivering.Silo.GetAsync(Delivering.Author, subscription)).Body!;
        Assert.InRange(off["cursors"]!.AsArray().Sum(cursor => (int)cursor!["behind"]!), 2, 4);
        Assert.Single(receiver.Told);

        Assert.Null((string?)(await delivering.Silo.MadeAsync(Delivering.Author, $"{subscription}/enable", ""))["disabled_at"]);

        // What was answered in the moment of turning it off may not have been noted, and is told once more under the same id.
        await Until.TrueAsync(() => receiver.Taken.DistinctBy(message => message.Id).Count() == 2);
        Assert.Equal(ids, receiver.Told.DistinctBy(message => message.Id).Select(message => (string)message.Json["subject"]!));
    }

    [Fact]
    public async Task A_subscription_goes_back_to_a_position_or_a_time_and_tells_the_same_under_the_same_ids()
    {
        await using var receiver = await Receiver.OpenAsync();
        await using var delivering = await Delivering.StartAsync(server.Database);
        var subscription = await delivering.SubscribeAsync(receiver.Url, ",\"entry_types\":[\"CREATED\"]");
        await delivering.DeliverAsync();
        await delivering.Silo.RunningAsync();
        await Delivering.TakenAsync(receiver, 1);
        var data = receiver.Told.First().Json["data"]!;

        await delivering.Silo.MadeAsync(Delivering.Author, $"{subscription}/replay", $$"""{"log_id":{{(int)data["log_id"]!}},"position":{{(long)data["position"]!}}}""");
        await Delivering.TakenAsync(receiver, 2);
        await delivering.Silo.MadeAsync(Delivering.Author, $"{subscription}/replay", $$"""{"since":"{{(string)data["at"]!}}"}""");
        await Delivering.TakenAsync(receiver, 3);

        Assert.Single(receiver.Told.Select(message => message.Id).Distinct());
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        await using var receiver = await Receiver.OpenAsync();
        await using var delivering = await Delivering.StartAsync(server.Database);
        await delivering.SubscribeAsync(receiver.Url, ",\"entry_types\":[\"CREATED\"]");
        receiver.Answer = context =>
        {
            if (receiver.Told.Count == 1)
            {
                context.Abort();
            }

            return Task.CompletedTask;
        };
        await delivering.DeliverAsync();
        await delivering.Silo.RunningAsync();
        await Until.TrueAsync(() => receiver.Told.Count == 2);

        Assert.Single(receiver.Told.Select(message => message.Id).Distinct());
        Assert.Contains(delivering.Log.Lines, line => line.Contains("unreachable", StringComparison.Ordinal));
    }
}
