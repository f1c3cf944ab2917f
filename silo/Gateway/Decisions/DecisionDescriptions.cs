using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Reference;

namespace Gantral.Silo.Gateway.Decisions;

/// <summary>What <see cref="DecisionOperations"/> do, for whoever calls them.</summary>
internal static class DecisionDescriptions
{
    private const string Tag = "Decisions";

    private static readonly Field[] Committed =
    [
        new("decision_id", Form.Id, "Its id."),
        new("instance_id", Form.Id, "What it is about."),
        new("decision_type", Form.Word<DecisionType>(), "What was decided."),
        new("human_actor_id", Form.Text(), "Who decided."),
        new("role", Form.Name, "In which role."),
        new("timestamp", Form.Time, "When."),
        new("policy_version_id", Form.VersionId.OrNull, "The policy that asked."),
        new("context_snapshot_hash", Form.Hash, "What the person was shown."),
        new("justification_hash", Form.Hash.OrNull, "The hash of why."),
        new("context_delta_hash", Form.Hash.OrNull, "The hash of what an override changes."),
        new("delegation_id", Form.Id.OrNull, "The delegation by which the person holds the role."),
        new("on_behalf_of", Form.Text().OrNull, "Who lent the role."),
    ];

    private static readonly Shape Decision = new("Decision", "A decision, with what is left of why, of what was shown and of what was changed.",
    [
        .. Committed,
        new("justification", Form.Text().OrNull, "Why; null once erased."),
        new("context_snapshot", Form.Free.OrNull, "What was shown; null once erased."),
        new("context_delta", Form.Free.OrNull, "What an override changed; null where nothing was, or once erased."),
        new("sequence", Form.Whole(1), "Its place among the entries of the instance."),
        new("entry_hash", Form.Hash, "The entry that binds it."),
    ]);

    private static readonly Shape Made = new("DecisionMade", "A decision that was just committed, and the instance right after it.",
        [.. Committed, new Field("instance", InstanceShapes.Instance.Form, "The instance.")]);

    public static Described Pending { get; } = new("list_pending_decisions", Tag, "List what waits for the caller")
    {
        Text = "The instances that wait for a decision which this person may make, by a role of their own or a lent one, the nearest deadline first. A program has none.",
        Query = ListQuery.With(),
        Answers = [DescribedAnswer.Ok(InstanceShapes.Page.Form, "A page of waiting instances.")],
        Examples = [new("inbox", "What waits for me") { Query = "?limit=1" }],
    };

    public static Described Decide { get; } = new("decide", Tag, "Decide")
    {
        Text = "Decides what is pending. The decision names the hash of exactly what the person was shown; if something else is pending by now, it is refused as `stale_context`. Of two decisions that race one counts, and the other is told which.",
        Body = Shape.Sent("NewDecision", "What a person decides.",
            new Field("instance_id", Form.Id, "What it is about."),
            new Field("decision_type", Form.Word<DecisionType>(), "Go on with what was shown, stop for good, or go on with a changed context."),
            new Field("role", Form.Name, "The role to act in: one of the `eligible_approver_roles`, and the caller's."),
            new Field("context_snapshot_hash", Form.Hash, "What the person was shown, as the pending instance says it."),
            Field.Maybe("justification", Form.Text(), "Why, in 3 to 4,000 characters that are not only white space. Must be there."),
            Field.Maybe("context_delta", Form.Free, "What an override changes, as a JSON merge patch. Only for an override, which needs it."),
            Field.Maybe("delegation_id", Form.Id, "The delegation that lends the role, if the token does not prove it.")).Form,
        Answers = [DescribedAnswer.Created(Made.Form, "The decision, and the instance right after it.")],
        Refusals =
        [
            RefusalCode.NotFound, RefusalCode.NotEligible, RefusalCode.InvalidTransition, RefusalCode.StaleContext,
            RefusalCode.JustificationRequired, RefusalCode.ContextDeltaRequired,
        ],
        Examples =
        [
            new("override", "Go on, but with less")
            {
                Body = $$$"""{"instance_id":"{{{Sample.Instance}}}","decision_type":"OVERRIDE","role":"release-manager","justification":"canary only","context_snapshot_hash":"{{{Sample.Shown}}}","context_delta":{"percent":5}}""",
            },
        ],
    };

    public static Described Get { get; } = new("get_decision", Tag, "Read a decision")
    {
        Text = "A decision that was made, with what is left of why, of what was shown and of what was changed.",
        Answers = [DescribedAnswer.Ok(Decision.Form, "The decision.")],
        Examples = [new("override", "What was decided")],
    };
}
