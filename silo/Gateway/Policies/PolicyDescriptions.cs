using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Policies;

/// <summary>What <see cref="PolicyOperations"/> do, for whoever calls them.</summary>
internal static class PolicyDescriptions
{
    private const string Tag = "Policies";

    public static Described Register { get; } = new("register_policy", Tag, "Register a policy version")
    {
        Text = "Registers a version for good. The same content again is the same version; other content under the same version is refused.",
        Body = PolicyShapes.Definition.Form,
        Answers = [DescribedAnswer.Created(PolicyShapes.Version.Form, "The version.")],
        Refusals = [RefusalCode.NotFound, RefusalCode.VersionExists],
        Examples =
        [
            new("rules", "Rules: a person must allow what is large")
            {
                Body = """
                    {"policy_id":"deploy-guard","version":"7","evaluator":"rules",
                     "rules":[{"when":{"step":"deploy","context.environment":["production","staging"],"context.amount":{"gte":1000}},
                               "decision":"REQUIRE_HUMAN","eligible_approver_roles":["release-manager"],"escalation_roles":["cto"],"timeout":"PT30M","on_timeout":"ESCALATE"}],
                     "default":{"decision":"ALLOW"}}
                    """,
            },
            new("http", "A service, asked as Open Policy Agent is")
            {
                Body = """{"policy_id":"risk","version":"1","evaluator":"http","url":"http://127.0.0.1:8181/v1/data/gantral","shape":"opa","timeout":"PT2S"}""",
            },
            new("all", "Both of them") { Body = """{"policy_id":"both","version":"1","evaluator":"all","members":["deploy-guard@7","risk@1"]}""" },
        ],
    };

    public static Described Get { get; } = new("get_policy", Tag, "Read a policy version")
    {
        Text = "A version that the caller's teams own or may bind.",
        Answers = [DescribedAnswer.Ok(PolicyShapes.Version.Form, "The version.")],
        Examples = [new("rules", "Rules")],
    };

    public static Described List { get; } = new("list_policies", Tag, "List policy versions")
    {
        Text = "The versions that the caller's teams own, the newest first.",
        Query = ListQuery.With(new Parameter("policy_id", Form.Name, "Only versions of this policy.", "deploy-guard")),
        Answers = [DescribedAnswer.Ok(ListQuery.Page("PolicyPage", "policies", PolicyShapes.Listed).Form, "A page of versions.")],
        Examples = [new("newest", "The newest one") { Query = "?limit=1" }],
    };

    public static Described Evaluate { get; } = new("evaluate_policy", Tag, "Try a policy out")
    {
        Text = "Asks a policy version as an instance would, and records nothing.",
        Body = Shape.Sent("PolicyQuestion", "What the policy is asked.",
            new Field("workflow_id", Form.Name, "The workflow."),
            new Field("workflow_version", Form.Name, "Its version."),
            new Field("materiality", Form.Word<Materiality>(), "How much is at stake."),
            Field.Maybe("step", Form.Name, "Before which step; none for the start."),
            Field.Maybe("execution_context", Form.Free, "What a decision would be about."),
            Field.Maybe("current_state", Form.Word<ExecutionState>(), "The state the instance would be in: `CREATED` for a start and `RUNNING` for a step, unless said."),
            Field.Maybe("instance_id", Form.Id, "The instance it would be."),
            Field.Maybe("actor_id", Form.Name, "Who would ask; the caller unless said."),
            Field.Maybe("roles", Form.ListOf(Form.Name, most: BodyFields.MostTexts), "In which roles; the caller's unless said.")).Form,
        Answers = [DescribedAnswer.Ok(PolicyShapes.Trial.Form, "What the policy says, and how it came to that.")],
        Examples =
        [
            new("large", "A large deployment")
            {
                Body = """{"workflow_id":"deploy","workflow_version":"3","materiality":"HIGH","step":"deploy","execution_context":{"environment":"production","amount":4200}}""",
            },
        ],
    };
}
