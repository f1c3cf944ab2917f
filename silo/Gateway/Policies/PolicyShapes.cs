using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Policies;

/// <summary>What policies look like: as their authors write them, and as they are answered.</summary>
internal static class PolicyShapes
{
    private static readonly Form Scalar = new("text, number, true, false or null", new() { ["type"] = new System.Text.Json.Nodes.JsonArray("string", "number", "boolean", "null") });
    private static readonly Form Scalars = Form.Either("a value or a list of them", Scalar, Form.ListOf(Scalar, 1));

    private static readonly Shape Bounds = Shape.Sent("ValueBounds", "What a value of the context must be; at least one of these.",
        Field.Optional("gt", Form.Number, "Greater than this."),
        Field.Optional("gte", Form.Number, "At least this."),
        Field.Optional("lt", Form.Number, "Less than this."),
        Field.Optional("lte", Form.Number, "At most this."),
        Field.Optional("not", Scalars, "None of these.")) with
    {
        LeastFields = 1,
    };

    private static readonly Shape When = new("RuleConditions",
        "What must hold, all of it. A name is `step`, `materiality`, `workflow_id`, `actor_id`, `role`, or `context.` and a path in the context.")
    {
        Others = Form.Either("a value, a list of them, or bounds", Scalar, Form.ListOf(Scalar, 1), Bounds.Form),
    };

    private static readonly Field Plain = new("decision", Form.OneOf("ALLOW", "DENY"), "What is advised.");

    private static readonly Field[] Terms =
    [
        new("decision", Form.Const("REQUIRE_HUMAN"), "A person must decide."),
        new("eligible_approver_roles", Form.Names, "Who may decide."),
        Field.Optional("escalation_roles", Form.Names, "Who is asked when nobody decides in time."),
        Field.Optional("timeout", Form.Duration, "How long people have; no end unless said."),
        Field.Optional("on_timeout", Form.Word<OnTimeout>(), "What happens then; `FAIL_CLOSED` unless said. Never an approval."),
        Field.Optional("approvals_required", Form.Whole(1, 100), "How many different people must approve; 1 unless said."),
        Field.Optional("distinct_roles", Form.Flag, "Whether each of them must act in a role of their own."),
        Field.Optional("execute_within", Form.Duration, "How long an approval may wait to be taken up."),
    ];

    private static readonly Shape Advice = new("PolicyAdvice", "What is said.")
    {
        Variants = [Shape.Sent("PlainAdvice", "Nobody is asked.", Plain), Shape.Sent("HumanAdvice", "A person is asked.", [.. Terms])],
        Choice = "decision",
    };

    private static readonly Field Condition = new("when", When.Form, "What must hold.");

    private static readonly Shape Rule = new("PolicyRule", "What is said when something holds.")
    {
        Variants = [Shape.Sent("PlainRule", "Nobody is asked.", Condition, Plain), Shape.Sent("HumanRule", "A person is asked.", [Condition, .. Terms])],
        Choice = "decision",
    };

    private static readonly Field[] Head =
    [
        new("policy_id", Form.Name, "The policy; without an @."),
        new("version", Form.Name, "Its version; without an @."),
        Field.Maybe(OwningTeam.Field, Form.Name, "The team that owns it; may be left out by a token of one team."),
        Field.Optional("teams", Form.Names, "Other teams that may bind it."),
    ];

    private static readonly Shape Rules = Shape.Sent("RulesPolicy", "Rules that the silo reads itself; the first that matches wins.",
    [
        .. Head,
        new("evaluator", Form.Const("rules"), "How it is evaluated."),
        new("rules", Form.ListOf(Rule.Form, most: 1000), "The rules, in order."),
        Field.Optional("default", Advice.Form, "What is said when none matches; `DENY` unless said."),
    ]);

    private static readonly Shape Http = Shape.Sent("HttpPolicy", "A service that is asked over HTTP. The operator says which hosts may be.",
    [
        .. Head,
        new("evaluator", Form.Const("http"), "How it is evaluated."),
        new("url", Form.Text("URL", 1, 2000), "Where it is asked: http or https, without user and fragment."),
        new("shape", Form.OneOf("gantral", "opa"), "How the question is put: as it is, or as Open Policy Agent's data API wants it."),
        Field.Optional("timeout", Form.Duration, "How long it has: `PT2S` unless said, and at most `PT10S`."),
    ]);

    private static readonly Shape All = Shape.Sent("CompositePolicy", "Other policy versions, all of which are asked: DENY beats REQUIRE_HUMAN beats ALLOW, and of several demands the strictest counts.",
    [
        .. Head,
        new("evaluator", Form.Const("all"), "How it is evaluated."),
        new("members", Form.ListOf(Form.VersionId, 1, 16), "The policy versions, each once."),
    ]);

    /// <summary>A policy version as its author writes it.</summary>
    public static Shape Definition { get; } = new("PolicyDefinition", "A policy version, by how it is evaluated.") { Variants = [Rules, Http, All], Choice = "evaluator" };

    /// <summary>A policy version as it is answered.</summary>
    public static Shape Version { get; } = new("PolicyVersion", "A policy version, which never changes.",
        new Field("policy_version_id", Form.VersionId, "Its id."),
        new Field("policy_hash", Form.Hash, "SHA-256 of the canonical definition. Every decision binds it."),
        new Field("owning_team_id", Form.Name, "The team that owns it."),
        new Field("teams", Form.Names, "Other teams that may bind it."),
        new Field("registered_at", Form.Time, "When it was registered."),
        new Field("registered_by", Form.Text(), "Who registered it."),
        new Field("definition", Form.Free, "What its author wrote, without the owning team."));

    /// <summary>A policy version in a list.</summary>
    public static Shape Listed { get; } = new("ListedPolicy", "A policy version as a list shows it.",
        new Field("policy_version_id", Form.VersionId, "Its id."),
        new Field("owning_team_id", Form.Name, "The team that owns it."),
        new Field("registered_by", Form.Text(), "Who registered it."),
        new Field("registered_at", Form.Time, "When."));

    private static readonly Field[] Said =
    [
        new("policy_version_id", Form.VersionId, "The version that was asked."),
        new("decision", Form.Word<PolicyDecision>().OrNull, "What it advises; null where it cannot."),
        Field.Optional("eligible_approver_roles", Form.Names, "Who could decide."),
        Field.Optional("escalation_roles", Form.Names, "Who would be asked next."),
        Field.Optional("timeout", Form.Duration.OrNull, "How long people would have."),
        Field.Optional("on_timeout", Form.Word<OnTimeout>(), "What would happen then."),
        Field.Optional("approvals_required", Form.Whole(1), "How many would have to approve."),
        Field.Optional("distinct_roles", Form.Flag, "Each in a role of their own."),
        Field.Optional("execute_within", Form.Duration.OrNull, "How long an approval could wait."),
        new("reason", Form.Word<Reason>().OrNull, "Why an instance would end, where there is no advice."),
        new("failure", Form.Word<PolicyFailure>().OrNull, "What was wrong with a service."),
        new("rule", Form.Text().OrNull, "Which rule spoke: `rules[0]`, or `default`."),
    ];

    // A member is told like the whole, and can have members of its own.
    private static readonly Form MemberTrials = new("list of PolicyTrialMember", new()
    {
        ["type"] = "array",
        ["items"] = new System.Text.Json.Nodes.JsonObject { ["$ref"] = "#/components/schemas/PolicyTrialMember" },
    });

    private static readonly Shape Member = new("PolicyTrialMember", "What one of the policies said that another is made of.",
        [.. Said, new Field("members", MemberTrials, "What its own members said.")]);

    /// <summary>What came of a dry run.</summary>
    public static Shape Trial { get; } = new("PolicyTrial", "What came of a dry run, and how it came to that.",
    [
        new("policy_hash", Form.Hash, "The content of the version."),
        new("dry_run", Form.Flag, "Always true: nothing follows from it."),
        .. Said,
        new("members", MemberTrials with { Shapes = [Member] }, "What each policy said that this one is made of."),
    ]);
}
