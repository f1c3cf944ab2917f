using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Entries;
using Gantral.Grains.Authority;
using Gantral.Grains.Definitions;
using Gantral.Grains.Ledger;
using Gantral.Grains.Schedules;

namespace Gantral.Grains.Workflows;

/// <summary>A workflow version, read once.</summary>
public sealed class WorkflowGrain : IWorkflowGrain
{
    private readonly string _workflowId;
    private readonly string _workflowVersion;
    private readonly ILedger _ledger;
    private readonly IGrains _grains;
    private readonly ITimeZones _zones;
    private readonly Registrar<WorkflowVersion> _registrar;
    private readonly ReadOnce<WorkflowVersion> _version;

    /// <summary>Makes the grain of a version, whether that exists yet or not.</summary>
    public WorkflowGrain(string workflowId, string workflowVersion, ILedger ledger, IMoments moments, IGrains grains, ITimeZones zones)
    {
        (_workflowId, _workflowVersion, _ledger, _grains, _zones) = (workflowId, workflowVersion, ledger, grains, zones);
        _registrar = new Registrar<WorkflowVersion>(ledger, moments);
        _version = new ReadOnce<WorkflowVersion>(LoadAsync);
    }

    private Subject Subject => Subject.Workflow(_workflowId, _workflowVersion);

    /// <inheritdoc/>
    public async ValueTask<Registration<WorkflowVersion>> RegisterAsync(Caller caller, string owningTeamId, CanonicalBytes definition)
    {
        if (!WorkflowDefinitionReader.TryRead(definition, out var workflow, out var fault) || (fault = Fault(workflow, owningTeamId)) is not null)
        {
            return new(null, new Refusal(RefusalCode.InvalidBody, fault));
        }

        PolicyVersion? policy;
        try
        {
            policy = await _grains.Policy(workflow.PolicyVersionId).ReadAsync();
        }
        catch (LedgerUnavailableException)
        {
            return new(null, Refusals.StorageUnavailable);
        }

        // What a team may not bind looks to it as if it were not there.
        if (policy?.MayBeBoundBy(owningTeamId) != true)
        {
            return new(null, new Refusal(RefusalCode.NotFound, $"There is no policy version '{workflow.PolicyVersionId}' that this team may bind; register it first, or ask its owners to list the team."));
        }

        return await _registrar.RegisterAsync(
            caller.Key,
            Subject,
            ReadAsync,
            there => there.Binding.OwningTeamId == owningTeamId && there.Definition == definition,
            moment => Write(caller, Bind(workflow, owningTeamId, definition, policy), definition, moment));
    }

    /// <inheritdoc/>
    public ValueTask<WorkflowVersion?> ReadAsync() => _version.GetAsync();

    private string? Fault(WorkflowDefinition workflow, string owningTeamId) =>
        workflow.WorkflowId != _workflowId || workflow.Version != _workflowVersion
            ? $"workflow_id and version make '{workflow.WorkflowId}@{workflow.Version}', not '{Subject.Id}'."
        : workflow.OwningTeamId is { } named && named != owningTeamId ? "owning_team_id is not the team that registers."
        : workflow.Triggers.Index().Select(trigger => TriggerFault(trigger.Index, trigger.Item)).FirstOrDefault(fault => fault is not null);

    private string? TriggerFault(int place, WorkflowTrigger trigger) =>
        TriggerReader.Missing(trigger) is { } field ? $"triggers[{place}].{field} is missing."
        : trigger is WorkflowTrigger.Schedule { TimeZone: var zone } && _zones.Find(zone) is null
            ? $"triggers[{place}].time_zone '{zone}' is not known here; write it as the IANA database has it, such as Europe/Berlin."
        : null;

    private static Binding Bind(WorkflowDefinition workflow, string owningTeamId, CanonicalBytes definition, PolicyVersion policy) => new()
    {
        WorkflowId = workflow.WorkflowId,
        WorkflowVersion = workflow.Version,
        WorkflowHash = PayloadHashing.Definition(definition),
        OwningTeamId = owningTeamId,
        Materiality = workflow.Materiality,
        PolicyVersionId = policy.Reference.PolicyVersionId,
        PolicyHash = policy.Reference.PolicyHash,
        Mode = workflow.Mode,
    };

    private SealedEntry Write(Caller caller, Binding binding, CanonicalBytes definition, Moment moment) => SealedEntry.Seal(
        new Entry
        {
            Subject = Subject,
            Sequence = 1,
            PrevHash = Digest.Zero,
            Type = EventType.WorkflowRegistered,
            At = moment.At,
            Actor = caller.Actor,
            Binding = binding,
            CommandId = caller.Key.CommandId,
        },
        new PrivateField(PrivateFieldNames.Definition, moment.Salts[..PrivateField.SaltSize], definition));

    private async ValueTask<WorkflowVersion?> LoadAsync()
    {
        if (await StoredDefinition.ReadAsync(_ledger, Subject) is not var (entry, definition))
        {
            return null;
        }

        if (PayloadHashing.Definition(definition) != entry.Binding!.WorkflowHash || !WorkflowDefinitionReader.TryRead(definition, out var workflow, out _))
        {
            throw StoredDefinition.Unreadable(Subject);
        }

        return new WorkflowVersion
        {
            Binding = entry.Binding,
            Definition = definition,
            Steps = workflow.Steps,
            Queue = workflow.Queue,
            StartAttempts = workflow.StartAttempts,
            ResumeAttempts = workflow.ResumeAttempts,
            DefaultApproverRoles = workflow.DefaultApproverRoles,
            Connections = workflow.Connections,
            Triggers = workflow.Triggers,
            Retention = workflow.Retention,
            RegisteredAt = entry.At,
            RegisteredBy = entry.Actor,
        };
    }
}
