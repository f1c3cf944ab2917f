using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Policies;
using Gantral.Lives;
using Gantral.Silo.Connections;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Queues;
using Gantral.Silo.Reminders;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Hosting;

/// <summary>A silo in this process, over a real database: a ledger, grains and, once they are started, reminders.</summary>
internal sealed class WorkingSilo : IAsyncDisposable
{
    public const string Team = "payments";

    private const string Policy =
        """
        {"policy_id":"guard","version":"1","evaluator":"rules","default":{"decision":"ALLOW"},"rules":[
         {"when":{"context.gate":"patient"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT1H"},
         {"when":{"context.gate":"hasty"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT0.05S"},
         {"when":{"context.gate":"brief"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"timeout":"PT0.3S"},
         {"when":{"context.gate":"escalating"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"escalation_roles":["cto"],"timeout":"PT0.05S","on_timeout":"ESCALATE"},
         {"when":{"context.gate":"perishable"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"execute_within":"PT0.05S"},
         {"when":{"context.gate":"pair"},"decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager","sre"],"approvals_required":2}]}
        """;

    private const string Workflow =
        """
        {"workflow_id":"release","version":"1","materiality":"HIGH","policy_version_id":"guard@1","queue":"agents","steps":[{"step":"deploy","governed":true}]}
        """;

    private WorkingSilo(LedgerDatabase database, PostgresLedger ledger, int logs, IHttpPolicies? http)
    {
        (Database, Ledger) = (database, ledger);
        Host = new GrainHost(ledger, ledger.Clock, TimeProvider.System, new GrainHostOptions { Logs = logs }, http);
        Queues = new WorkQueues(ledger, Host, new ConnectionStore(ledger.Source), TimeProvider.System);
    }

    public LedgerDatabase Database { get; }

    public PostgresLedger Ledger { get; }

    public GrainHost Host { get; }

    public WorkQueues Queues { get; }

    public ReminderService? Reminders { get; private set; }

    public static async Task<WorkingSilo> StartAsync(LedgerDatabase database, int logs = 1, IHttpPolicies? http = null)
    {
        var silo = new WorkingSilo(database, await database.OpenAsync(), logs, http);
        Assert.Null((await silo.Host.Policy("guard@1").RegisterAsync(Caller(Life.Person("author")), Team, Life.Json(Policy))).Refusal);
        Assert.Null((await silo.Host.Workflow("release", "1").RegisterAsync(Caller(Life.Person("author")), Team, Life.Json(Workflow))).Refusal);
        return silo;
    }

    public static Caller Caller(Actor actor, params string[] roles) => new(actor, [.. roles], new CommandKey(Sample.NewKey(), Sample.NewKey()));

    /// <summary>Fires timers from now on; each is told to <paramref name="fired"/>.</summary>
    public async Task<WorkingSilo> RemindAsync(Action<TimeSpan>? fired = null, Func<ReminderOptions, ReminderOptions>? with = null)
    {
        var options = new ReminderOptions { ConnectionString = Database.Serving, Fired = fired };
        Reminders = new ReminderService(with?.Invoke(options) ?? options, Host, Ledger.Clock);
        await Reminders.StartAsync(CancellationToken.None);
        return this;
    }

    /// <summary>An instance that runs.</summary>
    public async Task<Guid> RunningAsync(Actor? creator = null)
    {
        var caller = Caller(creator ?? Life.Agent);
        var id = Host.NewInstanceId(caller.Key);
        Assert.Null((await Host.Instance(id).CreateAsync(caller, new Creation("release", "1", Team, Life.Json("{}")))).Refusal);
        return id;
    }

    /// <summary>An instance that waits for a person, at one of the gates of the policy.</summary>
    public async Task<Guid> WaitingAsync(string gate = "patient", Actor? creator = null, Actor? requester = null)
    {
        var id = await RunningAsync(creator);
        var reply = await Host.Instance(id).RequestAuthorityAsync(Caller(requester ?? Life.Agent), "deploy", Life.Json($$"""{"gate":"{{gate}}","percent":100}"""));
        Assert.Equal(ExecutionState.WaitingForHuman, reply.Instance!.State);
        return id;
    }

    /// <summary>An instance that waits for a person since its start, in one commit. A busy storage is asked again under the same key, as every client would.</summary>
    public async Task<Guid> StoppedAsync(string gate)
    {
        var caller = Caller(Life.Agent);
        var id = Host.NewInstanceId(caller.Key);
        Reply reply;
        do
        {
            reply = await Host.Instance(id).CreateAsync(caller, new Creation("release", "1", Team, Life.Json($$"""{"gate":"{{gate}}"}""")));
        }
        while (reply.Refusal is { Code: RefusalCode.StorageUnavailable or RefusalCode.Overloaded });

        Assert.Equal(ExecutionState.WaitingForHuman, reply.Instance!.State);
        return id;
    }

    /// <summary>An instance whose approval nobody has taken up yet.</summary>
    public async Task<Guid> ApprovedAsync(string gate)
    {
        var id = await WaitingAsync(gate);
        Assert.Null((await ApproveAsync(id)).Refusal);
        return id;
    }

    public async Task<Reply> ApproveAsync(Guid id, string person = "alice", string role = "release-manager", Guid? delegation = null) =>
        await DecideAsync(id, Caller(Life.Person(person), delegation is null ? [role] : []), (await OfferAsync(id, role: role)) with { DelegationId = delegation });

    public Task<Reply> DecideAsync(Guid id, Caller caller, OfferedDecision decision) => Host.Instance(id).DecideAsync(caller, decision).AsTask();

    /// <summary>A decision about what is pending now.</summary>
    public async Task<OfferedDecision> OfferAsync(Guid id, DecisionType type = DecisionType.Approve, string role = "release-manager", string justification = "read and understood", string? delta = null)
    {
        var pending = (await Host.Instance(id).ReadAsync())!.Pending!;
        return new OfferedDecision(type, role, pending.Request.ContextSnapshotHash, justification, delta is null ? null : Life.Json(delta));
    }

    /// <summary>What happened to an instance, in words.</summary>
    public async Task<string> StoryAsync(Guid id) => string.Join(' ', (await Ledger.ReadAsync(Subject.Instance(id))).Skip(2).Select(entry => Abstractions.Vocabulary.WireName.Of(entry.Entry.Type)));

    public async ValueTask DisposeAsync()
    {
        if (Reminders is { } reminders)
        {
            await reminders.StopAsync(CancellationToken.None);
            reminders.Dispose();
        }

        await Queues.DisposeAsync();
        await Host.DrainAsync();
        Host.Dispose();
        await Ledger.DisposeAsync();
    }
}
