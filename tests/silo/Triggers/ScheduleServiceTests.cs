using System.Text.Json.Nodes;
using Gantral.Abstractions.Authority;
using Gantral.Lives;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;
using Gantral.Silo.Tests.Reminders;
using Gantral.Silo.Triggers;

namespace Gantral.Silo.Tests.Triggers;

/// <summary>Workflows that start by the clock: that of a real database, which the test sets, seen by several silos.</summary>
public sealed class ScheduleServiceTests(Template template) : IClassFixture<Template>
{
    [Fact]
    public async Task Every_firing_starts_one_instance_however_many_silos_fire_and_whenever_one_comes_back()
    {
        await using var clock = await House.OpenAsync(template);
        await clock.RegisterAsync("often", "1", """{"type":"schedule","cron":"* * * * *","time_zone":"UTC","missed":"run_all"}""");
        await clock.ServeAsync(silos: 2);
        await clock.PassAsync("30 minutes");
        await clock.SeenToAsync("often");
        await clock.PassAsync("20 minutes");
        await clock.SeenToAsync("often");
        await clock.ServeAsync(silos: 1);
        await clock.PassAsync("10 minutes");
        await clock.SeenToAsync("often");

        // None is left out, none comes twice.
        var fired = await clock.FiredAsync("often");
        Assert.Equal(60, fired.Count);
        Assert.Equal(60, fired.Distinct().Count());
        Assert.Equal(fired[0].AddMinutes(59), fired[^1]);
    }

    [Fact]
    public async Task What_no_silo_was_there_for_is_left_out_or_made_up_for_as_each_says()
    {
        await using var clock = await House.OpenAsync(template);
        foreach (var missed in new[] { "skip", "run_once", "run_all" })
        {
            await clock.RegisterAsync(missed, "1", $$"""{"type":"schedule","cron":"0 * * * *","time_zone":"Europe/Berlin","missed":"{{missed}}"}""");
        }

        await clock.PassAsync("5 hours");
        await clock.ServeAsync(silos: 2);
        foreach (var missed in new[] { "skip", "run_once", "run_all" })
        {
            await clock.SeenToAsync(missed);
        }

        var all = await clock.FiredAsync("run_all");
        Assert.Equal(5, all.Count);
        Assert.Equal([all[^1]], await clock.FiredAsync("run_once"));
        Assert.Empty(await clock.FiredAsync("skip"));

        // From then on, each hour starts all three.
        await clock.PassAsync("30 minutes 1 second");
        foreach (var missed in new[] { "skip", "run_once", "run_all" })
        {
            await clock.SeenToAsync(missed);
            Assert.Equal(all[^1].AddHours(1), (await clock.FiredAsync(missed))[^1]);
        }
    }

    [Fact]
    public async Task The_newest_version_alone_is_started_and_one_without_a_schedule_ends_it()
    {
        const string Hourly = """{"type":"schedule","cron":"0 * * * *","time_zone":"UTC","missed":"run_all"}""";
        await using var clock = await House.OpenAsync(template);
        await clock.RegisterAsync("changed", "1", Hourly);
        await clock.RegisterAsync("ended", "1", Hourly);
        await clock.ServeAsync(silos: 1);
        await clock.PassAsync("1 hour");
        await clock.SeenToAsync("changed");
        await clock.SeenToAsync("ended");
        await clock.RegisterAsync("changed", "2", Hourly);
        await clock.RegisterAsync("ended", "2", """{"type":"api"}""");
        await clock.PassAsync("2 hours");
        await clock.SeenToAsync("changed");

        Assert.Equal(3, (await clock.FiredAsync("changed")).Count);
        Assert.Equal(["1", "2", "2"], await clock.VersionsAsync("changed"));
        Assert.Equal(["1"], await clock.VersionsAsync("ended"));
    }

    [Fact]
    public async Task A_schedule_acts_as_a_program_and_so_decides_nothing()
    {
        await using var clock = await House.OpenAsync(template);
        await clock.RegisterAsync("daily", "1", """{"type":"schedule","cron":"0 * * * *","time_zone":"UTC"}""");
        await clock.ServeAsync(silos: 1);
        await clock.PassAsync("30 minutes 1 second");
        await clock.SeenToAsync("daily");

        var creator = (await clock.InstancesAsync("daily")).Single().Creator;
        Assert.Equal(("schedule:daily@1/0", "gantral", ActorKind.Workload), (creator.Id, creator.Issuer, creator.Kind));
    }

    /// <summary>A database whose clock stands at half past, with silos that fire.</summary>
    private sealed class House : IAsyncDisposable
    {
        private readonly TestFolder _folder;
        private readonly LedgerDatabase _database;
        private readonly List<WorkingSilo> _silos = [];
        private readonly List<ScheduleService> _services = [];

        private House(TestFolder folder, LedgerDatabase database) => (_folder, _database) = (folder, database);

        public static async Task<House> OpenAsync(Template template)
        {
            var folder = await template.CopyAsync();
            var house = new House(folder, await LedgerDatabase.MakeAsync(await folder.StartAsync()));
            await SettableClock.MakeSettableAsync(house._database);
            await SettableClock.SetAheadAsync(house._database, "date_trunc('hour', pg_catalog.clock_timestamp()) + interval '90 minutes' - pg_catalog.clock_timestamp()");
            house._silos.Add(await WorkingSilo.StartAsync(house._database));
            return house;
        }

        public async Task RegisterAsync(string workflow, string version, string trigger)
        {
            var definition = Life.Json($$"""{"workflow_id":"{{workflow}}","version":"{{version}}","materiality":"LOW","policy_version_id":"guard@1","queue":"q","steps":[],"triggers":[{{trigger}}]}""");
            var registered = await _silos[0].Host.Workflow(workflow, version).RegisterAsync(WorkingSilo.Caller(Life.Person("author")), WorkingSilo.Team, definition);
            Assert.True(registered.Refusal is null, registered.Refusal?.Message);
        }

        public async Task ServeAsync(int silos)
        {
            for (var i = 0; i < silos; i++)
            {
                var silo = await WorkingSilo.StartAsync(_database);
                var service = new ScheduleService(new ScheduleOptions { ConnectionString = _database.Serving, LongestSleep = TimeSpan.FromMilliseconds(5) }, silo.Host, silo.Host.NewInstanceId);
                _silos.Add(silo);
                _services.Add(service);
                await service.StartAsync(CancellationToken.None);
            }
        }

        public async Task PassAsync(string time)
        {
            await SettableClock.SetAheadAsync(_database, $"ahead + interval '{time}'");
            await Task.WhenAll(_silos.Select(silo => silo.Ledger.LookAtClockAsync()));
        }

        /// <summary>Waits until nothing of the newest version of a workflow is due.</summary>
        public Task SeenToAsync(string workflow) => Until.TrueAsync(() => Query.AskAsync<bool>(_database.Serving, $"""
            SELECT count(*) = 1 FROM workflow_trigger
            WHERE workflow_id = '{workflow}' AND due_at > clock_timestamp() AND workflow_version = (SELECT max(workflow_version) FROM workflow WHERE workflow_id = '{workflow}')
            """));

        public async Task<List<DateTimeOffset>> FiredAsync(string workflow) =>
            [.. (await InstancesAsync(workflow)).Select(instance => (DateTimeOffset)JsonNode.Parse(instance.TriggerContext!.Value.ToString())!["scheduled_at"]!).Order()];

        public async Task<string[]> VersionsAsync(string workflow) => [.. (await InstancesAsync(workflow)).Select(instance => instance.Binding.WorkflowVersion).Order(StringComparer.Ordinal)];

        public async Task<List<Instance>> InstancesAsync(string workflow)
        {
            var instances = new List<Instance>();
            foreach (var id in await Query.AskAsync<Guid[]>(_database.Serving, $"SELECT coalesce(array_agg(instance_id), '{{}}') FROM instance WHERE workflow_id = '{workflow}'"))
            {
                instances.Add((await _silos[0].Host.Instance(id).ReadAsync())!);
            }

            return instances;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var service in _services)
            {
                await service.StopAsync(CancellationToken.None);
                service.Dispose();
            }

            foreach (var silo in _silos)
            {
                await silo.DisposeAsync();
            }

            await _database.DisposeAsync();
            await _folder.DisposeAsync();
        }
    }
}
