using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Silo.Gateway.Reference;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>What instances look like to callers, as <see cref="InstanceBody"/> and <see cref="HistoryBody"/> write them.</summary>
internal static class InstanceShapes
{
    private static readonly Shape Sum = new("CostSum", "What was spent in one currency.",
        new Field("currency", Form.Currency, "Three capitals, as in ISO 4217."),
        new Field("amount", Form.Amount, "The exact sum, in plain digits."));

    private static readonly Shape Approval = new("Approval", "One of several needed approvals.",
        new Field("human_actor_id", Form.Text(), "Who approved."),
        new Field("role", Form.Name.OrNull, "In which role."),
        new Field("on_behalf_of", Form.Text().OrNull, "Who lent the role."));

    private static readonly Shape Pending = new("Pending", "What people are asked while an instance waits.",
        new Field("step", Form.Name.OrNull, "Before which step; null for the start."),
        new Field("eligible_approver_roles", Form.Names, "Who may decide now."),
        new Field("escalation_roles", Form.Names, "Who is asked when nobody decides in time."),
        new Field("approvals_required", Form.Whole(1), "How many different people must approve."),
        new Field("distinct_roles", Form.Flag, "Whether each of them must act in a role of their own."),
        new Field("approvals", Form.ListOf(Approval.Form), "The approvals that are there."),
        new Field("decide_by", Form.Time.OrNull, "Until when people may decide."),
        new Field("on_timeout", Form.Word<OnTimeout>(), "What happens then; never an approval."),
        new Field("execute_within", Form.Duration.OrNull, "How long an approval may wait to be taken up."),
        new Field("context_snapshot", Form.Free.OrNull, "Exactly what a decision is about; null once erased."),
        new Field("context_snapshot_hash", Form.Hash, "SHA-256 over the salt and the canonical JSON of the snapshot. A decision names it."),
        new Field("context_snapshot_salt", Form.Salt.OrNull, "The salt, so that whoever is shown the snapshot can compute the hash."),
        new Field("requested_by", Form.Text(), "Who asked."),
        new Field("since", Form.Time, "Since when it waits."));

    private static readonly Shape LastDecision = new("LastDecision", "The decision that counted last.",
        new Field("decision_id", Form.Id, "Its id."),
        new Field("decision_type", Form.Word<DecisionType>(), "What was decided."),
        new Field("human_actor_id", Form.Text(), "Who decided."),
        new Field("role", Form.Name.OrNull, "In which role."),
        new Field("timestamp", Form.Time, "When."));

    /// <summary>An instance.</summary>
    public static Shape Instance { get; } = new("Instance", "An execution instance as it is now.",
        new Field("instance_id", Form.Id, "Its id."),
        new Field("workflow_id", Form.Name, "The workflow it is bound to."),
        new Field("workflow_version", Form.Name, "The version of the workflow, for good."),
        new Field("owning_team_id", Form.Name, "The team that owns it."),
        new Field("policy_version_id", Form.VersionId, "The policy version it is bound to, for good."),
        new Field("materiality", Form.Word<Materiality>(), "How much is at stake."),
        new Field("mode", Form.Word<Mode>(), "Whether policy stops it or is only recorded."),
        new Field("state", Form.Word<ExecutionState>(), "Its state."),
        new Field("sequence", Form.Whole(1), "How many entries it has."),
        new Field("runnable", Form.Flag, "Whether work may go on now: it is in RUNNING, and a runner is at it or could have it, its queue being neither paused nor full."),
        new Field("reason", Form.Word<Reason>().OrNull, "Why it was terminated."),
        new Field("created_by", Form.Text(), "Who created it; never who decides."),
        new Field("created_at", Form.Time, "When it was created."),
        new Field("updated_at", Form.Time, "When its last entry was made."),
        new Field("trigger_context", Form.Free.OrNull, "What it was created with; null once erased."),
        new Field("context", Form.Free.OrNull, "What the work is to use; there only while it may go on."),
        new Field("execute_by", Form.Time.OrNull, "From this moment on its approval cannot be taken up any more."),
        new Field("cost", Form.ListOf(Sum.Form), "What was recorded as spent, one sum for each currency."),
        new Field("pending", Pending.Form.OrNull, "What people are asked, while it waits."),
        new Field("last_decision", LastDecision.Form.OrNull, "The decision that counted last."));

    /// <summary>A page of instances.</summary>
    public static Shape Page { get; } = ListQuery.Page("InstancePage", "instances", Instance);

    private static readonly Shape Person = new("EntryPerson", "A person: an id, and the issuer that vouches for it.",
        new Field("id", Form.Text(), "The id."),
        new Field("issuer", Form.Text(), "The issuer."));

    private static readonly Shape Actor = new("EntryActor", "Who did it.",
        new Field("id", Form.Text(), "The id in the token."),
        new Field("issuer", Form.Text(), "Who vouches for it."),
        new Field("kind", Form.Word<ActorKind>(), "What it is."),
        Field.Optional("role", Form.Name, "The role it acted in."),
        Field.Optional("client", Form.Text(), "The client it signed in with."),
        Field.Optional("authenticated_at", Form.Time, "When it signed in."));

    private static readonly Shape Terms = new("EntryTerms", "What policy advised, or what people are asked.",
        Field.Optional("decision", Form.Word<PolicyDecision>(), "What policy advised."),
        Field.Optional("step", Form.Name, "Before which step."),
        Field.Optional("eligible_approver_roles", Form.Names, "Who may decide."),
        Field.Optional("escalation_roles", Form.Names, "Who is asked next."),
        Field.Optional("approvals_required", Form.Whole(1), "How many must approve."),
        Field.Optional("distinct_roles", Form.Flag, "Each in a role of their own."),
        Field.Optional("decide_by", Form.Time, "Until when."),
        Field.Optional("timeout", Form.Duration, "How long people would have had."),
        Field.Optional("on_timeout", Form.Word<OnTimeout>(), "What happens then."),
        Field.Optional("execute_within", Form.Duration, "How long an approval may wait."),
        Field.Optional("context_snapshot_hash", Form.Hash, "What it is about."));

    private static readonly Shape Lent = new("EntryDelegation", "The delegation under which somebody decided.",
        new Field("delegation_id", Form.Id, "Its id."),
        new Field("entry_hash", Form.Hash, "The entry that granted it."),
        new Field("grantor", Person.Form, "Who lent the role."));

    private static readonly Shape Decided = new("EntryDecision", "What a person decided.",
        new Field("decision_id", Form.Id, "Its id."),
        new Field("decision_type", Form.Word<DecisionType>(), "What was decided."),
        new Field("context_snapshot_hash", Form.Hash, "What the person was shown."),
        new Field("justification_hash", Form.Hash, "Why."),
        Field.Optional("context_delta_hash", Form.Hash, "What an override changes."),
        Field.Optional("delegation", Lent.Form, "By what the person holds the role."));

    private static readonly Shape Redaction = new("EntryRedaction", "What was erased.",
        new Field("sequence", Form.Whole(1), "From which entry."),
        new Field("fields", Form.Names, "Which fields."));

    private static readonly Shape Policy = new("EntryPolicy", "A policy that the operator composes in.",
        new Field("policy_version_id", Form.VersionId, "The version."),
        new Field("policy_hash", Form.Hash, "Its content."));

    private static readonly Shape Setting = new("EntrySetting", "A setting that governs.",
        new Field("setting_id", Form.Text(), "Which one."),
        new Field("entry_hash", Form.Hash, "The entry that set it."));

    private static readonly Shape Subject = new("EntrySubject", "Whose entry it is.",
        new Field("type", Form.Word<SubjectType>(), "What kind."),
        new Field("id", Form.Text(), "Which one."));

    private static readonly Shape Private = new("PrivateField", "Private content that the entry only hashes.",
        new Field("salt", Form.Salt, "Its salt."),
        new Field("value", Form.Any, "The content."));

    private static readonly Shape Payload = new("EntryPayload", "What is left of the private content, by its name.") { Others = Private.Form };

    private static readonly Shape Erased = new("ErasedPayload", "The hashes that erased private content left, by its name.") { Others = Form.Hash };

    private static readonly Shape Entry = new("Entry", "One entry of the evidence: every field of it, its place and hash, and what is left of what it only hashes. A field without a value is absent.",
        new Field("position", Form.Whole(0), "Its place in its log."),
        new Field("entry_hash", Form.Hash, "Its hash."),
        new Field("v", Form.Const(Abstractions.Evidence.Entry.Format), "The format."),
        new Field("subject", Subject.Form, "Whose entry it is."),
        Field.Optional("instance_id", Form.Id, "The instance."),
        new Field("sequence", Form.Whole(1), "Its place among the entries of the instance."),
        new Field("prev_hash", Form.Hash, "The hash of the entry before; zeros for the first."),
        new Field("type", Form.Word<EventType>(), "What happened."),
        Field.Optional("from_state", Form.Word<ExecutionState>(), "The state before."),
        Field.Optional("state", Form.Word<ExecutionState>(), "The state after."),
        new Field("at", Form.Time, "When."),
        new Field("actor", Actor.Form, "Who did it."),
        Field.Optional("workflow_id", Form.Name, "The workflow."),
        Field.Optional("workflow_version", Form.Name, "Its version."),
        Field.Optional("workflow_hash", Form.Hash, "Its content."),
        Field.Optional("owning_team_id", Form.Name, "The team."),
        Field.Optional("materiality", Form.Word<Materiality>(), "How much is at stake."),
        Field.Optional("policy_version_id", Form.VersionId, "The policy."),
        Field.Optional("policy_hash", Form.Hash, "Its content."),
        Field.Optional("mode", Form.Word<Mode>(), "Whether policy stops it."),
        Field.Optional("required_policies", Form.ListOf(Policy.Form), "Policies that the operator composes in."),
        Field.Optional("settings", Form.ListOf(Setting.Form), "The settings that say so."),
        Field.Optional("authority", Terms.Form, "What people are asked."),
        Field.Optional("advice", Terms.Form, "What policy advised where no person was asked."),
        Field.Optional("decision", Decided.Form, "What a person decided."),
        Field.Optional("reason", Form.Word<Reason>(), "Why it ended, or what was observed."),
        Field.Optional("cost", Sum.Form, "What some of the work cost."),
        Field.Optional("redaction", Redaction.Form, "What was erased."),
        Field.Optional("payload_hash", Form.Hash, "The hash over the private content's hashes."),
        Field.Optional("command_id", Form.Hash, "The hash of the idempotency key."),
        new Field("payload", Payload.Form, "What is left of the private content."),
        new Field("erased", Erased.Form, "What was erased of it."));

    /// <summary>A page of an instance's entries.</summary>
    public static Shape History { get; } = new("History", "Entries of an instance, in order.",
        new Field("instance_id", Form.Id, "The instance."),
        new Field("entries", Form.ListOf(Entry.Form), "What the page shows."),
        ListQuery.NextCursor);
}
