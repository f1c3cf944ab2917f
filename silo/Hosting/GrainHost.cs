using System.Buffers.Binary;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Grains.Delegations;
using Gantral.Grains.Instances;
using Gantral.Grains.Ledger;
using Gantral.Grains.Policies;
using Gantral.Grains.Settings;
using Gantral.Grains.Workflows;
using Gantral.Silo.Telemetry;
using Gantral.Silo.Triggers;

namespace Gantral.Silo.Hosting;

/// <summary>
/// The grains of a silo. Instances take turns and make room for each other; versions are read once and asked by many at
/// once. Any silo may host any grain at any time: the ledger's fence decides, never this memory.
/// </summary>
public sealed class GrainHost : IGrains, IDisposable
{
    private const string Stopping = "This silo is stopping; send the same request again, under the same key, and another one takes it.";
    private const string Crowded = "Too many requests wait for this instance; send the same request again later, under the same key.";

    private readonly ILedger _ledger;
    private readonly IMoments _moments;
    private readonly int _logs;
    private readonly Activations _instances;
    private readonly Versions<WorkflowGrain> _workflows;
    private readonly Versions<PolicyGrain> _policies;
    private readonly Versions<SettingGrain> _settings;
    private readonly OwedFailures _owed;
    private readonly Admission _admission = new();
    private readonly MachineZones _zones = new();
    private readonly SiloMeasures _measures;
    private readonly TimeProvider _time;

    /// <summary>Makes a host over a ledger.</summary>
    /// <param name="ledger">Where entries become durable.</param>
    /// <param name="moments">Time and chance.</param>
    /// <param name="time">When what is owed is tried again.</param>
    /// <param name="options">How grains are hosted.</param>
    /// <param name="http">Where policies are asked that other services evaluate; nowhere, if not given.</param>
    public GrainHost(ILedger ledger, IMoments moments, TimeProvider time, GrainHostOptions options, IHttpPolicies? http = null)
    {
        http ??= new NoHttpPolicies();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Logs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Logs, InstanceIds.GreatestLogId);
        (_ledger, _moments, _logs, _measures, _time) = (ledger, moments, options.Logs, options.Measures, time);
        _instances = new Activations(id => new InstanceGrain(id, ledger, moments, this, options.Instances), options.MostInstances, options.MostWaiting);
        _workflows = new Versions<WorkflowGrain>(id => ActivateWorkflow(id, ledger), options.MostVersions);
        _policies = new Versions<PolicyGrain>(id => new PolicyGrain(id, ledger, moments, this, http), options.MostVersions);
        _settings = new Versions<SettingGrain>(id => new SettingGrain(id, ledger, moments), options.MostVersions);
        _owed = new OwedFailures(time, options.SettleAfter, SettleAsync);
    }

    /// <summary>How many instances are in memory.</summary>
    public int ActiveInstances => _instances.Count;

    /// <summary>How many versions of workflows, policies and settings are in memory.</summary>
    public int ActiveVersions => _workflows.Count + _policies.Count + _settings.Count;

    /// <summary>How many requests wait for their turn at an instance.</summary>
    public int WaitingRequests => _instances.Waiting;

    /// <summary>How many instances made room for others since the start.</summary>
    public long EvictedInstances => _instances.Evicted;

    /// <summary>How many instances owe a failure that the storage has not taken yet.</summary>
    public int OwedFailures => _owed.Count;

    /// <inheritdoc/>
    public IInstanceGrain Instance(Guid instanceId) => new HostedInstance(this, instanceId);

    /// <inheritdoc/>
    public IWorkflowGrain Workflow(string workflowId, string workflowVersion) =>
        new HostedWorkflow(this, _workflows, Subject.Workflow(workflowId, workflowVersion).Id);

    /// <inheritdoc/>
    public IPolicyGrain Policy(string policyVersionId) => new HostedPolicy(this, _policies, policyVersionId);

    internal void Asked(PolicyAnswer answer, long since) => _measures.Asked(answer, _time.GetElapsedTime(since));

    internal long Timestamp => _time.GetTimestamp();

    /// <inheritdoc/>
    public ISettingGrain Setting(string settingId) => new HostedSetting(this, _settings.Get(settingId));

    /// <inheritdoc/>
    public IDelegationGrain Delegation(Guid delegationId) => new HostedDelegation(this, new DelegationGrain(delegationId, _ledger, _moments));

    /// <summary>An id for a delegation to be granted.</summary>
    public Guid NewDelegationId() => _moments.Next().NewId;

    /// <summary>An id for an instance to be created under a key: the same key always leads to the same log, and so meets itself.</summary>
    public Guid NewInstanceId(CommandKey key)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        key.CommandId.CopyTo(hash);
        var log = 1 + (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)_logs);
        var moment = _moments.Next();
        return InstanceIds.New(log, moment.At, moment.Salts.Span);
    }

    /// <summary>Takes no new requests, and completes when all that were taken are answered.</summary>
    public Task DrainAsync() => _admission.CloseAsync();

    /// <summary>Forgets what is in memory of an instance: something of it was erased.</summary>
    public void Forget(Guid instanceId) => _instances.Forget(instanceId);

    /// <summary>Forgets every instance in memory: it is not known any more of which something was erased.</summary>
    public void ForgetAll() => _instances.ForgetAll();

    /// <inheritdoc/>
    public void Dispose() => _owed.Dispose();

    internal async ValueTask<Reply> AskAsync(Guid instanceId, Func<InstanceGrain, ValueTask<Reply>> request)
    {
        if (!_admission.TryEnter())
        {
            return Reply.Refused(RefusalCode.Overloaded, Stopping);
        }

        try
        {
            return _instances.Enter(instanceId, out var turn) is { } activation
                ? await TakeTurnAsync(activation, turn, request)
                : Reply.Refused(RefusalCode.Overloaded, Crowded);
        }
        finally
        {
            _admission.Leave();
        }
    }

    internal async ValueTask<T> ReadAsync<T>(Guid instanceId, Func<InstanceGrain, ValueTask<T>> read)
    {
        if (!_admission.TryEnter())
        {
            throw new GrainHostBusyException(Stopping);
        }

        try
        {
            return _instances.Enter(instanceId, out var turn) is { } activation
                ? await TakeTurnAsync(activation, turn, read)
                : throw new GrainHostBusyException(Crowded);
        }
        finally
        {
            _admission.Leave();
        }
    }

    internal async ValueTask<DelegationReply> DelegateAsync(Func<ValueTask<DelegationReply>> request)
    {
        if (!_admission.TryEnter())
        {
            return new(null, new Refusal(RefusalCode.Overloaded, Stopping));
        }

        try
        {
            return await request();
        }
        finally
        {
            _admission.Leave();
        }
    }

    internal async ValueTask<Registration<T>> RegisterAsync<T>(Func<ValueTask<Registration<T>>> register)
        where T : class
    {
        if (!_admission.TryEnter())
        {
            return new(null, new Refusal(RefusalCode.Overloaded, Stopping));
        }

        try
        {
            return await register();
        }
        finally
        {
            _admission.Leave();
        }
    }

    private async ValueTask<T> TakeTurnAsync<T>(Activation activation, Task turn, Func<InstanceGrain, ValueTask<T>> request)
    {
        await turn;
        var threw = true;
        try
        {
            var answer = await request(activation.Grain);
            threw = false;
            return answer;
        }
        finally
        {
            if (activation.Grain.OwesFailure)
            {
                _owed.Add(activation.InstanceId);
            }

            _instances.Leave(activation, threw);
        }
    }

    // A host that stops leaves what is owed: it lives in this memory only, and the fence protects everybody else.
    private async Task<bool> SettleAsync(Guid instanceId)
    {
        if (!_admission.TryEnter())
        {
            return true;
        }

        try
        {
            return _instances.Enter(instanceId, out var turn) is { } activation
                && await TakeTurnAsync(activation, turn, grain => grain.SettleAsync());
        }
        catch (Exception)
        {
            // Tried again until it works; the next request of the instance tells what is wrong.
            return false;
        }
        finally
        {
            _admission.Leave();
        }
    }

    private WorkflowGrain ActivateWorkflow(string id, ILedger ledger)
    {
        var parts = id.Split('@', 2);
        return new WorkflowGrain(parts[0], parts[1], ledger, _moments, this, _zones);
    }
}
