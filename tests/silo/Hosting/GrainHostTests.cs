using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Log;
using Gantral.Grains.Instances;
using Gantral.Lives;
using Gantral.Silo.Hosting;

namespace Gantral.Silo.Tests.Hosting;

/// <summary>What a host keeps in memory, for how long, and how it stops.</summary>
public sealed class GrainHostTests
{
    [Fact]
    public async Task The_instance_that_was_asked_longest_ago_makes_room()
    {
        using var house = await SiloHouse.OpenAsync(new GrainHostOptions { MostInstances = 2 });
        var (first, second) = (await house.RunningAsync(), await house.RunningAsync());
        await house.NoteAsync(first);
        await house.RunningAsync();
        Assert.Equal((2, 1), (house.Host.ActiveInstances, house.Host.EvictedInstances));
        var reads = house.Ledger.Reads;

        await house.NoteAsync(first);
        Assert.Equal(reads, house.Ledger.Reads);
        Assert.Equal(3, (await house.NoteAsync(second)).Instance!.Sequence);
        Assert.Equal(reads + 1, house.Ledger.Reads);
    }

    [Fact]
    public async Task An_instance_at_work_never_makes_room()
    {
        using var house = await SiloHouse.OpenAsync(new GrainHostOptions { MostInstances = 1 });
        var busy = await house.RunningAsync();
        house.Ledger.OnCommit = _ => LedgerFault.HeldBefore;
        var held = house.NoteAsync(busy);
        var waiting = house.NoteAsync(busy);
        house.Ledger.OnCommit = _ => LedgerFault.None;
        for (var other = 0; other < 5; other++)
        {
            await house.RunningAsync();
        }

        Assert.Equal(1, house.Host.ActiveInstances);
        var reads = house.Ledger.Reads;
        house.Ledger.Release();
        await Task.WhenAll(held, waiting);
        Assert.Equal(reads, house.Ledger.Reads);
        Assert.Equal(1, house.Host.ActiveInstances);
    }

    [Fact]
    public async Task What_does_not_exist_takes_no_room()
    {
        using var house = await SiloHouse.OpenAsync();
        var versions = house.Host.ActiveVersions;

        Assert.Null(await house.Host.Instance(Guid.NewGuid()).ReadAsync());
        Assert.Null(await house.Host.Workflow("nothing", "1").ReadAsync());
        Assert.Null(await house.Host.Policy("nothing@1").ReadAsync());

        Assert.Equal((0, versions), (house.Host.ActiveInstances, house.Host.ActiveVersions));
    }

    [Fact]
    public async Task More_versions_than_a_silo_should_hold_are_let_go_and_read_again()
    {
        using var house = await SiloHouse.OpenAsync(new GrainHostOptions { MostVersions = 4 });
        for (var number = 1; number <= 20; number++)
        {
            var definition = Life.Json($$"""{"policy_id":"many","version":"{{number}}","evaluator":"rules","rules":[]}""");
            Assert.Null((await house.Host.Policy($"many@{number}").RegisterAsync(SiloHouse.Caller(), "payments", definition)).Refusal);
            Assert.InRange(house.Host.ActiveVersions, 1, 3 * 4);
        }

        Assert.NotNull(await house.Host.Policy("many@1").ReadAsync());
        Assert.NotEqual(Guid.Empty, await house.RunningAsync());
    }

    [Fact]
    public async Task A_version_that_did_not_exist_is_found_once_it_does()
    {
        using var house = await SiloHouse.OpenAsync();
        Assert.Null(await house.Host.Policy("q@1").ReadAsync());
        using var other = new GrainHost(house.Ledger, new PaperMoments(house.Log, seed: 2), house.Time, new GrainHostOptions());
        await other.Policy("q@1").RegisterAsync(SiloHouse.Caller(), "payments", Life.Json("""{"policy_id":"q","version":"1","evaluator":"rules","rules":[]}"""));

        Assert.NotNull(await house.Host.Policy("q@1").ReadAsync());
    }

    [Fact]
    public async Task A_drain_answers_what_was_taken_and_takes_nothing_more()
    {
        using var house = await SiloHouse.OpenAsync();
        var id = await house.RunningAsync();
        house.Ledger.OnCommit = _ => LedgerFault.HeldBefore;
        var atWork = house.NoteAsync(id);
        house.Ledger.OnCommit = _ => LedgerFault.None;
        var waiting = house.NoteAsync(id);

        var drained = house.Host.DrainAsync();

        Assert.False(drained.IsCompleted);
        Assert.Equal(RefusalCode.Overloaded, (await house.NoteAsync(id)).Refusal!.Code);
        Assert.Equal(RefusalCode.Overloaded, (await house.Host.Policy("q@1").RegisterAsync(SiloHouse.Caller(), "payments", Life.Json("{}"))).Refusal!.Code);
        await Assert.ThrowsAsync<GrainHostBusyException>(async () => await house.Host.Instance(id).ReadAsync());

        house.Ledger.Release();
        await drained;
        Assert.Null((await atWork).Refusal);
        Assert.Null((await waiting).Refusal);
    }

    [Fact]
    public async Task A_drain_of_an_idle_host_is_done_at_once()
    {
        using var house = await SiloHouse.OpenAsync();

        Assert.True(house.Host.DrainAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_failure_that_is_owed_is_tried_until_the_storage_takes_it_and_makes_no_room_before()
    {
        using var house = await SiloHouse.OpenAsync(new GrainHostOptions { MostInstances = 1, Instances = new InstanceOptions(OnStorageFailure.Terminate) });
        var id = await house.RunningAsync();
        Assert.False(house.Time.Fire());
        house.Ledger.OnCommit = _ => LedgerFault.Unavailable;
        Assert.Equal(RefusalCode.StorageUnavailable, (await house.NoteAsync(id)).Refusal!.Code);
        Assert.Equal(1, house.Host.OwedFailures);
        Assert.True(house.Time.Fire());
        Assert.Equal(1, house.Host.OwedFailures);

        house.Ledger.OnCommit = _ => LedgerFault.None;
        await house.RunningAsync();
        Assert.True(house.Time.Fire());

        Assert.Equal(0, house.Host.OwedFailures);
        Assert.False(house.Time.Fire());
        Assert.Equal(Reason.EvidenceFailure, (await house.Host.Instance(id).ReadAsync())!.Reason);
        house.MustBeValid();
    }

    [Fact]
    public void The_same_key_leads_to_the_same_log_and_all_logs_are_used()
    {
        var log = new PaperLog("paper", LogSigner.Create("paper"), default);
        using var host = new GrainHost(new InMemoryLedger(log), new PaperMoments(log, seed: 1), TimeProvider.System, new GrainHostOptions { Logs = 3 });
        var keys = Enumerable.Range(0, 100).Select(_ => SiloHouse.Caller().Key).ToList();

        Assert.Equal(keys.Select(key => InstanceIds.LogOf(host.NewInstanceId(key))), keys.Select(key => InstanceIds.LogOf(host.NewInstanceId(key))));
        Assert.Equal([1, 2, 3], keys.Select(key => InstanceIds.LogOf(host.NewInstanceId(key))).Distinct().Order());
        Assert.Equal(keys.Count, keys.Select(host.NewInstanceId).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public void As_many_logs_as_an_id_can_name(int logs)
    {
        var log = new PaperLog("paper", LogSigner.Create("paper"), default);

        Assert.Throws<ArgumentOutOfRangeException>(() => new GrainHost(new InMemoryLedger(log), new PaperMoments(log, seed: 1), TimeProvider.System, new GrainHostOptions { Logs = logs }));
    }
}
