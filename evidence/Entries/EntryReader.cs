using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;

namespace Gantral.Evidence.Entries;

/// <summary>Reads the frozen bytes of <c>gantral/entry/1</c>: exactly what <see cref="EntryWriter"/> writes, and nothing else.</summary>
public static class EntryReader
{
    /// <summary>Reads an entry, or says what is wrong with its bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> canonical, out Entry entry, out EntryFault fault)
    {
        var fields = new FieldReader(canonical);
        fields.Open();
        var read = ReadEntry(ref fields);
        fields.Close();
        fault = new EntryFault(fields.Fault ?? EntryShape.Fault(read) ?? "", UnknownFormat: false);
        entry = read;
        if (fault.Reason.Length == 0)
        {
            return true;
        }

        // Another format is not a damaged one: its bytes may be perfect, only this reader cannot judge them.
        if (FieldReader.Peek(canonical, "v"u8) is { } format && format != Entry.Format && format.StartsWith("gantral/entry/", StringComparison.Ordinal))
        {
            fault = new EntryFault($"its format is {format}", UnknownFormat: true);
        }

        return false;
    }

    /// <summary>Reads bytes that this library wrote; anything else is a fault of the storage.</summary>
    public static Entry Read(ReadOnlySpan<byte> canonical) =>
        TryRead(canonical, out var entry, out var fault) ? entry : throw new InvalidDataException($"A stored entry cannot be read: {fault.Reason}.");

    private static Entry ReadEntry(ref FieldReader fields)
    {
        var actor = ReadActor(ref fields);
        var advice = ReadAdvice(ref fields);
        var at = fields.Required(fields.Time("at"u8), "at");
        var authority = ReadAuthority(ref fields);
        var commandId = fields.Hash("command_id"u8);
        var cost = ReadCost(ref fields);
        var decision = ReadDecision(ref fields);
        var delegation = ReadDelegation(ref fields);
        var fromState = fields.Enum<ExecutionState>("from_state"u8);
        var instanceId = fields.Text("instance_id"u8);
        var key = ReadKey(ref fields);
        var log = ReadLog(ref fields);
        var materiality = fields.Enum<Materiality>("materiality"u8);
        var mode = fields.Enum<Mode>("mode"u8);
        var owningTeamId = fields.Text("owning_team_id"u8);
        var payloadHash = fields.Hash("payload_hash"u8);
        var policyHash = fields.Hash("policy_hash"u8);
        var policyVersionId = fields.Text("policy_version_id"u8);
        var prevHash = fields.Required(fields.Hash("prev_hash"u8), "prev_hash");
        var reason = fields.Enum<Reason>("reason"u8);
        var redaction = ReadRedaction(ref fields);
        var required = fields.Objects("required_policies"u8, ReadPolicyReference);
        var sequence = fields.Required(fields.Integer("sequence"u8), "sequence");
        var settings = fields.Objects("settings"u8, ReadSetting);
        var state = fields.Enum<ExecutionState>("state"u8);
        var subject = ReadSubject(ref fields);
        var type = fields.Required(fields.Enum<EventType>("type"u8), "type");
        var format = fields.Required(fields.Text("v"u8), "v");
        var workflowHash = fields.Hash("workflow_hash"u8);
        var workflowId = fields.Text("workflow_id"u8);
        var workflowVersion = fields.Text("workflow_version"u8);

        if (format != Entry.Format)
        {
            fields.Fail($"v is not {Entry.Format}");
        }

        if (instanceId != (subject.Type == SubjectType.Instance ? subject.Id : null))
        {
            fields.Fail("instance_id and subject disagree");
        }

        Binding? binding = null;
        PolicyReference? policy = null;
        if (workflowId is not null)
        {
            binding = new Binding
            {
                WorkflowId = workflowId,
                WorkflowVersion = fields.Required(workflowVersion, "workflow_version"),
                WorkflowHash = fields.Required(workflowHash, "workflow_hash"),
                OwningTeamId = fields.Required(owningTeamId, "owning_team_id"),
                Materiality = fields.Required(materiality, "materiality"),
                PolicyVersionId = fields.Required(policyVersionId, "policy_version_id"),
                PolicyHash = fields.Required(policyHash, "policy_hash"),
                Mode = fields.Required(mode, "mode"),
                RequiredPolicies = required,
                Settings = settings,
            };
        }
        else if (workflowVersion is not null || workflowHash is not null || materiality is not null || mode is not null || !required.IsEmpty || !settings.IsEmpty)
        {
            fields.Fail("workflow_id is missing");
        }
        else if (policyVersionId is not null || policyHash is not null)
        {
            policy = new PolicyReference(fields.Required(policyVersionId, "policy_version_id"), fields.Required(policyHash, "policy_hash"));
        }

        return new Entry
        {
            Subject = subject,
            Sequence = sequence,
            PrevHash = prevHash,
            Type = type,
            FromState = fromState,
            State = state,
            At = at,
            Actor = actor,
            Binding = binding,
            OwningTeamId = binding is null ? owningTeamId : null,
            Policy = policy,
            Authority = authority,
            Decision = decision,
            Advice = advice,
            Reason = reason,
            Cost = cost,
            Delegation = delegation,
            Redaction = redaction,
            Key = key,
            Log = log,
            PayloadHash = payloadHash,
            CommandId = commandId,
        };
    }

    private static Actor ReadActor(ref FieldReader fields)
    {
        if (!fields.Begin("actor"u8))
        {
            fields.Fail("actor is missing");
            return Actor.System;
        }

        var authenticatedAt = fields.Time("authenticated_at"u8);
        var client = fields.Text("client"u8);
        var id = fields.Required(fields.Text("id"u8), "actor.id");
        var issuer = fields.Required(fields.Text("issuer"u8), "actor.issuer");
        var kind = fields.Required(fields.Enum<ActorKind>("kind"u8), "actor.kind");
        var role = fields.Text("role"u8);
        fields.End();
        return new Actor(id, issuer, kind) { AuthenticatedAt = authenticatedAt, Client = client, Role = role };
    }

    private static Advice? ReadAdvice(ref FieldReader fields)
    {
        if (!fields.Begin("advice"u8))
        {
            return null;
        }

        var approvals = fields.Integer("approvals_required"u8);
        var snapshot = fields.Required(fields.Hash("context_snapshot_hash"u8), "advice.context_snapshot_hash");
        var advice = new Advice
        {
            ApprovalsRequired = SmallOrNone(ref fields, approvals),
            ContextSnapshotHash = snapshot,
            Decision = fields.Enum<PolicyDecision>("decision"u8),
            DistinctRoles = fields.Flag("distinct_roles"u8),
            EligibleApproverRoles = fields.Texts("eligible_approver_roles"u8),
            EscalationRoles = fields.Texts("escalation_roles"u8),
            ExecuteWithin = fields.Duration("execute_within"u8),
            OnTimeout = fields.Enum<OnTimeout>("on_timeout"u8),
            Step = fields.Text("step"u8),
            Timeout = fields.Duration("timeout"u8),
        };
        fields.End();
        return advice;
    }

    private static AuthorityRequest? ReadAuthority(ref FieldReader fields)
    {
        if (!fields.Begin("authority"u8))
        {
            return null;
        }

        var approvals = fields.Required(fields.Integer("approvals_required"u8), "authority.approvals_required");
        var request = new AuthorityRequest
        {
            ApprovalsRequired = SmallOrNone(ref fields, approvals) ?? 0,
            ContextSnapshotHash = fields.Required(fields.Hash("context_snapshot_hash"u8), "authority.context_snapshot_hash"),
            DecideBy = fields.Time("decide_by"u8),
            DistinctRoles = fields.Required(fields.Flag("distinct_roles"u8), "authority.distinct_roles"),
            EligibleApproverRoles = fields.Texts("eligible_approver_roles"u8),
            EscalationRoles = fields.Texts("escalation_roles"u8),
            ExecuteWithin = fields.Duration("execute_within"u8),
            OnTimeout = fields.Required(fields.Enum<OnTimeout>("on_timeout"u8), "authority.on_timeout"),
            Step = fields.Text("step"u8),
        };
        fields.End();
        return request;
    }

    private static Cost? ReadCost(ref FieldReader fields)
    {
        if (!fields.Begin("cost"u8))
        {
            return null;
        }

        var amount = fields.Required(fields.Text("amount"u8), "cost.amount");
        var currency = fields.Required(fields.Text("currency"u8), "cost.currency");
        fields.End();
        return new Cost(currency, amount);
    }

    private static Decision? ReadDecision(ref FieldReader fields)
    {
        if (!fields.Begin("decision"u8))
        {
            return null;
        }

        var delta = fields.Hash("context_delta_hash"u8);
        var snapshot = fields.Required(fields.Hash("context_snapshot_hash"u8), "decision.context_snapshot_hash");
        var id = fields.Required(fields.Id("decision_id"u8), "decision.decision_id");
        var type = fields.Required(fields.Enum<DecisionType>("decision_type"u8), "decision.decision_type");
        DelegationReference? delegation = null;
        if (fields.Begin("delegation"u8))
        {
            var delegationId = fields.Required(fields.Id("delegation_id"u8), "decision.delegation.delegation_id");
            var entryHash = fields.Required(fields.Hash("entry_hash"u8), "decision.delegation.entry_hash");
            delegation = new DelegationReference(delegationId, entryHash, ReadPerson(ref fields, "grantor"));
            fields.End();
        }

        var justification = fields.Required(fields.Hash("justification_hash"u8), "decision.justification_hash");
        fields.End();
        return new Decision(id, type, snapshot, justification) { ContextDeltaHash = delta, Delegation = delegation };
    }

    private static DelegationGrant? ReadDelegation(ref FieldReader fields)
    {
        if (!fields.Begin("delegation"u8))
        {
            return null;
        }

        var role = fields.Required(fields.Text("role"u8), "delegation.role");
        var to = ReadPerson(ref fields, "to");
        var until = fields.Required(fields.Time("until"u8), "delegation.until");
        fields.End();
        return new DelegationGrant(to, role, until);
    }

    private static Person ReadPerson(ref FieldReader fields, string name)
    {
        if (!fields.Begin(Encoding.UTF8.GetBytes(name)))
        {
            fields.Fail($"{name} is missing");
            return new Person("", "");
        }

        var id = fields.Required(fields.Text("id"u8), $"{name}.id");
        var issuer = fields.Required(fields.Text("issuer"u8), $"{name}.issuer");
        fields.End();
        return new Person(id, issuer);
    }

    private static SigningKey? ReadKey(ref FieldReader fields)
    {
        if (!fields.Begin("key"u8))
        {
            return null;
        }

        var algorithm = fields.Required(fields.Text("algorithm"u8), "key.algorithm");
        var name = fields.Required(fields.Text("name"u8), "key.name");
        var publicKey = fields.Required(fields.Text("public_key"u8), "key.public_key");
        fields.End();
        return new SigningKey(name, algorithm, publicKey);
    }

    private static LogOpening? ReadLog(ref FieldReader fields)
    {
        if (!fields.Begin("log"u8))
        {
            return null;
        }

        var origin = fields.Required(fields.Text("origin"u8), "log.origin");
        LogHead? predecessor = null;
        if (fields.Begin("predecessor"u8))
        {
            var name = fields.Required(fields.Text("origin"u8), "log.predecessor.origin");
            var root = fields.Required(fields.Hash("root"u8), "log.predecessor.root");
            var size = fields.Required(fields.Integer("size"u8), "log.predecessor.size");
            fields.End();
            predecessor = new LogHead(name, size, root);
        }

        fields.End();
        return new LogOpening(origin) { Predecessor = predecessor };
    }

    private static Redaction? ReadRedaction(ref FieldReader fields)
    {
        if (!fields.Begin("redaction"u8))
        {
            return null;
        }

        var names = fields.Texts("fields"u8);
        var sequence = fields.Required(fields.Integer("sequence"u8), "redaction.sequence");
        fields.End();
        return new Redaction(sequence, names);
    }

    private static PolicyReference ReadPolicyReference(ref FieldReader fields)
    {
        var hash = fields.Required(fields.Hash("policy_hash"u8), "required_policies.policy_hash");
        return new PolicyReference(fields.Required(fields.Text("policy_version_id"u8), "required_policies.policy_version_id"), hash);
    }

    private static SettingReference ReadSetting(ref FieldReader fields)
    {
        var hash = fields.Required(fields.Hash("entry_hash"u8), "settings.entry_hash");
        return new SettingReference(fields.Required(fields.Text("setting_id"u8), "settings.setting_id"), hash);
    }

    private static Subject ReadSubject(ref FieldReader fields)
    {
        if (!fields.Begin("subject"u8))
        {
            fields.Fail("subject is missing");
            return default;
        }

        var id = fields.Required(fields.Text("id"u8), "subject.id");
        var type = fields.Required(fields.Enum<SubjectType>("type"u8), "subject.type");
        fields.End();
        return new Subject(type, id);
    }

    private static int? SmallOrNone(ref FieldReader fields, long? number)
    {
        if (number is < 1 or > 100)
        {
            fields.Fail("approvals_required is not between 1 and 100");
        }

        return (int?)number;
    }
}
