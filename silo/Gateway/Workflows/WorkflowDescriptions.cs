using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Workflows;

/// <summary>What <see cref="WorkflowOperations"/> do, for whoever calls them.</summary>
internal static class WorkflowDescriptions
{
    private const string Tag = "Workflows";

    private static readonly Shape NewStep = Shape.Sent("NewWorkflowStep", "A step.",
        new Field("step", Form.Name, "Its name."),
        Field.Optional("after", Form.Names, "The steps it follows: shown, not enforced."),
        Field.Optional("governed", Form.Flag, "Whether an agent must ask before it; false unless said."));

    private static readonly Shape Trigger = new("WorkflowTrigger", "What starts instances, besides whoever creates them.")
    {
        Choice = "type",
        Variants =
        [
            Shape.Sent("ApiTrigger", "Shown, not acted on: whoever creates an instance calls the API.",
                new Field("type", Form.OneOf("api"), "Its kind.")),
            Shape.Sent("ScheduleTrigger", "An instance at certain times, each once, whichever silo fires it.",
                new Field("type", Form.Const("schedule"), "Its kind."),
                new Field("cron", Form.Text("cron", 1, 200), "Five fields: minute, hour, day of month, month, day of week."),
                new Field("time_zone", Form.Name, "In which time zone, such as `Europe/Berlin`."),
                Field.Optional("missed", Form.Word<MissedFirings>(), "What becomes of times at which no silo was there; skipped unless said.")),
            Shape.Sent("WebhookTrigger", "An instance for each signed message of another system.",
                new Field("type", Form.Const("webhook"), "Its kind."),
                new Field("hook_id", Form.Text("name", 1, 100), "The last part of the hook's address."),
                new Field("scheme", Form.Word<WebhookScheme>(), "How messages are signed."),
                new Field("secret", Form.Text("file://…"), "Where the operator mounts the secret; never a secret itself."),
                Field.Optional("events", Form.Names, "Which events of the sender start an instance; all unless said."),
                Field.Optional("context", new Form("JSON pointers by name", new() { ["type"] = "object", ["additionalProperties"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "string" } }), "What of a message becomes the trigger context: names, each with a JSON pointer to a single value.")),
        ],
    };

    private static readonly Shape Definition = Shape.Sent("WorkflowDefinition", "A workflow version as its author writes it.",
        new Field("workflow_id", Form.Name, "The workflow; without an @."),
        new Field("version", Form.Name, "Its version; without an @."),
        new Field("materiality", Form.Word<Materiality>(), "How much is at stake: where it is much, a policy that cannot answer ends an instance."),
        new Field("policy_version_id", Form.VersionId, "The policy version it is bound to."),
        new Field("queue", Form.Name, "Where its work waits for runners."),
        new Field("steps", Form.ListOf(NewStep.Form, most: 1000), "Its steps, without a ring."),
        Field.Optional("mode", Form.Word<Mode>(), "`ENFORCE` unless said. `OBSERVE` records what policy would have required and stops nothing; it needs `gantral.policy_author`."),
        Field.Optional("default_approver_roles", Form.Names, "Who is asked when an agent suspends by itself."),
        Field.Optional("start_attempts", Form.Whole(1, 100), "How many processes may begin an instance, one after the other was lost; 3 unless said."),
        Field.Optional("retention", Form.Duration, "For how long after an instance's end its private content is kept, `P36500D` at most; for ever unless said. Then a silo erases it, and `REDACTED` entries say so."),
        Field.Optional("resume_attempts", Form.Whole(1, 100), "How many processes may go on after one approval; 1 unless said, for an approval authorises one execution."),
        Field.Optional("connections", Form.ListOf(Form.VersionId, most: 50), "The connections whose secrets its work needs, each with its version. They are handed out with the work as references."),
        Field.Optional("triggers", Form.ListOf(Trigger.Form, most: 1000), "What triggers it."),
        Field.Maybe(OwningTeam.Field, Form.Name, "The team that owns it; may be left out by a token of one team."));

    private static readonly Shape Step = new("WorkflowStep", "A step.",
        new Field("step", Form.Name, "Its name."),
        new Field("after", Form.Names, "The steps it follows."),
        new Field("governed", Form.Flag, "Whether an agent must ask before it."));

    private static readonly Shape Version = new("WorkflowVersion", "A workflow version, which never changes.",
        new Field("workflow_id", Form.Name, "The workflow."),
        new Field("version", Form.Name, "Its version."),
        new Field("workflow_hash", Form.Hash, "SHA-256 of the canonical definition."),
        new Field("owning_team_id", Form.Name, "The team that owns it."),
        new Field("materiality", Form.Word<Materiality>(), "How much is at stake."),
        new Field("mode", Form.Word<Mode>(), "Whether policy stops its instances or is only recorded."),
        new Field("policy_version_id", Form.VersionId, "The policy version it is bound to."),
        new Field("policy_hash", Form.Hash, "The content of that version."),
        new Field("queue", Form.Name, "Where its work waits for runners."),
        new Field("default_approver_roles", Form.Names, "Who is asked when an agent suspends by itself."),
        new Field("connections", Form.ListOf(Form.VersionId), "The connections whose secrets its work needs."),
        new Field("steps", Form.ListOf(Step.Form), "Its steps."),
        new Field("registered_at", Form.Time, "When it was registered."),
        new Field("registered_by", Form.Text(), "Who registered it."),
        new Field("definition", Form.Free, "What its author wrote, without the owning team."));

    private static readonly Shape Listed = new("ListedWorkflow", "A workflow version as a list shows it.",
        new Field("workflow_id", Form.Name, "The workflow."),
        new Field("version", Form.Name, "Its version."),
        new Field("owning_team_id", Form.Name, "The team that owns it."),
        new Field("materiality", Form.Word<Materiality>(), "How much is at stake."),
        new Field("mode", Form.Word<Mode>(), "Whether policy stops its instances."),
        new Field("policy_version_id", Form.VersionId, "The policy version it is bound to."),
        new Field("registered_by", Form.Text(), "Who registered it."),
        new Field("registered_at", Form.Time, "When."));

    public static Described Register { get; } = new("register_workflow", Tag, "Register a workflow version")
    {
        Text = "Registers a version for good. The same content again is the same version; other content under the same version is refused.",
        Body = Definition.Form,
        Answers = [DescribedAnswer.Created(Version.Form, "The version.")],
        Refusals = [RefusalCode.NotFound, RefusalCode.VersionExists],
        Examples =
        [
            new("deploy", "A plan, and a deployment that is governed")
            {
                Body = """
                    {"workflow_id":"deploy","version":"3","materiality":"HIGH","policy_version_id":"deploy-guard@7","queue":"payments-agents","mode":"ENFORCE","default_approver_roles":["release-manager"],
                     "steps":[{"step":"plan"},{"step":"deploy","after":["plan"],"governed":true}],"triggers":[{"type":"api"}]}
                    """,
            },
        ],
    };

    public static Described Get { get; } = new("get_workflow", Tag, "Read a workflow version")
    {
        Text = "A version that one of the caller's teams owns.",
        Answers = [DescribedAnswer.Ok(Version.Form, "The version."), DescribedAnswer.Unchanged],
        Examples = [new("deploy", "The deployment")],
    };

    public static Described List { get; } = new("list_workflows", Tag, "List workflow versions")
    {
        Text = "The versions that the caller's teams own, the newest first.",
        Query = ListQuery.With(ListQuery.Workflow),
        Answers = [DescribedAnswer.Ok(ListQuery.Page("WorkflowPage", "workflows", Listed).Form, "A page of versions.")],
        Examples = [new("deploy", "The versions of one workflow") { Query = "?workflow_id=deploy" }],
    };
}
