using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Lives;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Queues;
using Gantral.Silo.Tests.Hosting;
using Gantral.Silo.Tests.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Silo.Tests.Queues;

/// <summary>Silos over one database, and a queue that no other test knows.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly List<WorkingSilo> _silos = [];
    private readonly List<LostRunners> _searches = [];

    public string Queue { get; } = $"q{Guid.NewGuid():N}";

    public WorkingSilo Silo => _silos[0];

    public IReadOnlyList<WorkingSilo> Silos => _silos;

    public static async Task<Workshop> OpenAsync(LedgerDatabase database, int silos = 1, string attempts = "")
    {
        var shop = new Workshop();
        for (var silo = 0; silo < silos; silo++)
        {
            shop._silos.Add(await WorkingSilo.StartAsync(database, database.Served.Logs.Count));
        }

        await shop.RegisterAsync("work", attempts);
        return shop;
    }

    /// <summary>Another workflow whose work goes into the queue.</summary>
    public async Task RegisterAsync(string workflow, string more = "") => Assert.Null((await Silo.Host.Workflow($"{workflow}-{Queue}", "1").RegisterAsync(
        WorkingSilo.Caller(Life.Person("author")),
        WorkingSilo.Team,
        Life.Json($$"""{"workflow_id":"{{workflow}}-{{Queue}}","version":"1","materiality":"HIGH","policy_version_id":"guard@1","queue":"{{Queue}}","default_approver_roles":["release-manager"],{{more}}"steps":[{"step":"deploy","governed":true}]}"""))).Refusal);

    /// <summary>Looks for lost runners from now on.</summary>
    public async Task SearchAsync()
    {
        var search = new LostRunners(Silo.Ledger.Source, Silo.Host, TimeProvider.System, NullLogger.Instance);
        _searches.Add(search);
        await search.StartAsync(CancellationToken.None);
    }

    public async Task<Guid> RunningAsync(string workflow = "work", string context = "{}", int silo = 0)
    {
        var caller = WorkingSilo.Caller(Life.Agent);
        var id = _silos[silo].Host.NewInstanceId(caller.Key);
        Assert.Null((await _silos[silo].Host.Instance(id).CreateAsync(caller, new Creation($"{workflow}-{Queue}", "1", WorkingSilo.Team, Life.Json(context)))).Refusal);
        return id;
    }

    /// <summary>Asks for work.</summary>
    public Task<ImmutableArray<HandedTask>> ClaimAsync(int most = 1, int silo = 0, TimeSpan? lease = null, TimeSpan? wait = null, string team = WorkingSilo.Team, string runner = "r1", CancellationToken gone = default) =>
        _silos[silo].Queues.ClaimAsync(
            new WorkClaim(new Caller(Life.Runner, [], default), [team], Queue) { RunnerId = runner, Most = most, Lease = lease ?? TimeSpan.FromMinutes(5), Wait = wait ?? TimeSpan.Zero },
            gone);

    /// <summary>Asks for the one piece of work that there must be.</summary>
    public async Task<HandedTask> TakeAsync(int silo = 0, TimeSpan? lease = null) => Assert.Single(await ClaimAsync(10, silo, lease));

    /// <summary>Asks for the first of several.</summary>
    public async Task<HandedTask> TakeOneAsync() => Assert.Single(await ClaimAsync());

    /// <summary>A runner with a piece of work.</summary>
    public static Caller Runner(HandedTask task) => WorkingSilo.Caller(Life.Runner) with { Lease = task.Lease };

    public Task<Reply> AskAsync(HandedTask task, string context = """{"gate":"patient","percent":100}""", int silo = 0) =>
        Grain(task, silo).RequestAuthorityAsync(Runner(task), "deploy", Life.Json(context)).AsTask();

    public Task<Reply> CompleteAsync(HandedTask task, int silo = 0) => Grain(task, silo).CompleteAsync(Runner(task), new WorkRemains()).AsTask();

    public Task<Reply> SuspendAsync(HandedTask task, string checkpoint = """{"ref":"s3://bucket/1"}""") => Grain(task).SuspendAsync(Runner(task), new WorkRemains(), Life.Json(checkpoint)).AsTask();

    /// <summary>What became of an instance.</summary>
    public async Task<(ExecutionState State, Reason? Reason)> StateAsync(Guid id)
    {
        var instance = (await Silo.Host.Instance(id).ReadAsync())!;
        return (instance.State, instance.Reason);
    }

    public async Task<int> EntriesAsync(Guid id) => (await Silo.Ledger.ReadAsync(Subject.Instance(id))).Length;

    public async ValueTask DisposeAsync()
    {
        foreach (var search in _searches)
        {
            await search.StopAsync(CancellationToken.None);
            search.Dispose();
        }

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }

    private IInstanceGrain Grain(HandedTask task, int silo = 0) => _silos[silo].Host.Instance(task.Instance.InstanceId);
}
