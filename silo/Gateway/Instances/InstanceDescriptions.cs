using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>What <see cref="InstanceOperations"/> and <see cref="InstanceLists"/> do, for whoever calls them.</summary>
internal static class InstanceDescriptions
{
    private const string Tag = "Instances";

    private static readonly ImmutableArray<DescribedAnswer> After = [DescribedAnswer.Ok(InstanceShapes.Instance.Form, "The instance as it is afterwards.")];

    public static Shape Reference { get; } = Shape.Sent("EvidenceReference", "Where evidence is held, and its hash. What it refers to is never sent.",
        new Field("ref", Form.Text("reference", 1, BodyFields.LongestReference), "Where it is, without white space; never a `data:` address."),
        new Field("hash", new Form("sha256:…", new() { ["type"] = "string", ["pattern"] = "^sha256:[0-9a-f]{64}$" }), "The hash of what is there."));

    public static Described Create { get; } = new("create_instance", Tag, "Create an instance")
    {
        Text = "Creates an instance of a workflow version and starts it in the same commit, unless `start` is false. Policy is asked at the start: the instance runs, waits for a person, or has ended.",
        Body = Shape.Sent("NewInstance", "An instance to be created.",
            new Field("workflow_id", Form.Name, "The workflow."),
            new Field("workflow_version", Form.Name, "Its version."),
            Field.Maybe(OwningTeam.Field, Form.Name, "The team that owns it; may be left out by a token of one team."),
            Field.Maybe("trigger_context", Form.Free, "What it is about, in the caller's own words."),
            Field.Maybe("start", Form.Flag, "Whether it starts at once; true unless said.")).Form,
        Answers = [DescribedAnswer.Created(InstanceShapes.Instance.Form, "The instance.")],
        Refusals = [RefusalCode.NotFound, RefusalCode.PolicyUnavailable],
        Examples =
        [
            new("started", "Created and started in one commit") { Body = """{"workflow_id":"deploy","workflow_version":"3","owning_team_id":"payments","trigger_context":{"change":"CHG-1"}}""" },
            new("not-started", "Created, to be started later") { Body = """{"workflow_id":"deploy","workflow_version":"3","start":false}""" },
        ],
    };

    public static Described Start { get; } = new("start_instance", Tag, "Start an instance")
    {
        Text = "Starts an instance that was created with `\"start\":false`.",
        Body = Shape.Nothing.Form,
        Answers = After,
        Refusals = [RefusalCode.InvalidTransition],
        Examples = [new("start", "Start it") { Path = $"/v1/instances/{Sample.Other}/start", Body = "{}" }],
    };

    public static Described RequestAuthority { get; } = new("request_authority", Tag, "Ask before a step")
    {
        Text = "Asks whether a step may be done, with the context that a person would see. The state of the answer says what to do: `RUNNING`, go on with `context`; `WAITING_FOR_HUMAN`, checkpoint and exit; `TERMINATED`, abort. It answers at once: nothing is held open until somebody decides.",
        Body = Shape.Sent("AuthorityQuestion", "What is to be done.",
            new Field("step", Form.Name, "A step that the workflow declares."),
            Field.Maybe("execution_context", Form.Free, "What a decision would be about. Nothing of an agent's inside belongs here."),
            Field.Maybe("task_id", Form.Id, "The task under which a runner asks; with `fencing_token`, or neither."),
            Field.Maybe("fencing_token", Form.Whole(1), "The token that came with the task.")).Form,
        Answers = After,
        Refusals = [RefusalCode.InvalidTransition, RefusalCode.UnknownStep, RefusalCode.LeaseLost],
        Examples =
        [
            new("stopped", "A step that a person must allow") { Body = """{"step":"deploy","execution_context":{"environment":"production","amount":4200}}""" },
            new("allowed", "A step that policy lets pass") { Path = $"/v1/instances/{Sample.Other}/authority", Body = """{"step":"plan","execution_context":{"environment":"staging"}}""" },
        ],
    };

    public static Described List { get; } = new("list_instances", Tag, "List instances")
    {
        Text = "The instances of the caller's teams, the newest first.",
        Query = ListQuery.With(
            new Parameter("state", Form.Word<ExecutionState>(), "Only those in this state.", "WAITING_FOR_HUMAN"),
            ListQuery.Workflow,
            new Parameter("text", Form.Name, "Only those whose id begins like this, or whose workflow or policy version has it in its name, whatever the case of its letters.", "deploy"),
            new Parameter("since", Form.Time, "Only those created from this moment on.", "2026-01-01T00:00:00Z"),
            new Parameter("until", Form.Time, "Only those created before this moment.", "2030-01-01T00:00:00Z")),
        Answers = [DescribedAnswer.Ok(InstanceShapes.Page.Form, "A page of instances.")],
        Examples = [new("waiting", "What waits for people") { Query = "?state=WAITING_FOR_HUMAN&workflow_id=deploy&limit=20" }],
    };

    public static Described Get { get; } = new("get_instance", Tag, "Read an instance")
    {
        Text = "An instance as it is now, with what people are asked while it waits. With `wait` it is answered as soon as it is no longer what `If-None-Match` names, or, without that header, no longer waits for a person; and when the time is over.",
        Query = [new(InstanceView.Wait, Form.Duration, "How long to wait, PT60S at most; not at all unless said.", "PT0S")],
        Answers = [DescribedAnswer.Ok(InstanceShapes.Instance.Form, "The instance."), DescribedAnswer.Unchanged],
        Examples = [new("waiting", "An instance that waits for a person")],
    };

    public static Described History { get; } = new("get_instance_history", Tag, "Read what happened")
    {
        Text = "The entries of an instance in order: every field of the evidence, and what is left of the private content that it only hashes.",
        Query = ListQuery.With(),
        Answers = [DescribedAnswer.Ok(InstanceShapes.History.Form, "A page of entries.")],
        Examples = [new("beginning", "How a life began") { Query = "?limit=2" }],
    };

    public static Described AttachEvidence { get; } = new("attach_evidence", Tag, "Say where evidence is held")
    {
        Text = "Records references to evidence that is held elsewhere, each with its hash; also after the end.",
        Body = Shape.Sent("EvidenceReferences", "References, and nothing of what they refer to.",
            new Field("evidence", Form.ListOf(Reference.Form, 1, BodyFields.MostReferences), "The references.")).Form,
        Answers = After,
        Examples = [new("log", "Where the log of the work is") { Body = $$"""{"evidence":[{"ref":"s3://bucket/plan.log","hash":"sha256:{{Sample.Hash("evidence", 1)}}"}]}""" }],
    };

    public static Described RecordCost { get; } = new("record_cost", Tag, "Record what work cost")
    {
        Text = "Records an amount of money; also after the end. Amounts of one currency add up exactly.",
        Body = Shape.Sent("NewCost", "An amount of money.",
            new Field("currency", Form.Currency, "Three capitals, as in ISO 4217."),
            new Field("amount", Form.Amount, "A decimal number as a text, not negative and of at most 28 characters.")).Form,
        Answers = After,
        Examples = [new("tokens", "What a model charged") { Body = """{"currency":"USD","amount":"0.12"}""" }],
    };

    public static Described Cancel { get; } = new("cancel_instance", Tag, "Cancel an instance")
    {
        Text = "Ends an instance for good, with the reason `CANCELLED`.",
        Body = Shape.Sent("Cancellation", "Why it ends.",
            Field.Maybe("justification", Form.Text("text", 3, 4000), "Why, if there is something to say.")).Form,
        Answers = After,
        Refusals = [RefusalCode.InvalidTransition, RefusalCode.JustificationRequired],
        Examples = [new("trial", "It was only a trial") { Path = $"/v1/instances/{Sample.Other}/cancel", Body = """{"justification":"it was only a trial"}""" }],
    };

    public static Described Redact { get; } = new("redact_entry", Tag, "Erase private content")
    {
        Text = "Erases private fields of one entry for good, and copies of an erased context in other entries of the instance with them. In the same commit `REDACTED` entries say who had what erased, and why; what it held is in none of them, and the evidence stays valid: hashes stay, salts go. "
            + "The reason is itself private content of the first of these entries and stays, so it is refused if it repeats a text of what is erased. "
            + "What work and decisions rest on (`trigger_context`, `context_snapshot`, `context_delta`, `checkpoint`) can be erased only after the end: people decide about exactly what they are shown, and a process goes on with exactly what was approved. Wait for the end, or cancel the instance. "
            + "Only a person with `gantral.admin` may: what is erased does not come back, so it is neither for agents nor for those who read the evidence to judge it.",
        Body = Shape.Sent("Redaction", "What is erased, and why.",
            new Field("sequence", Form.Whole(1), "From which entry."),
            new Field("fields", Form.Names, "Which of its private fields."),
            new Field("justification", Form.Text("text", 3, 4000), "Why, without repeating any of it.")).Form,
        Answers = After,
        Refusals = [RefusalCode.InvalidTransition, RefusalCode.JustificationRequired],
        Examples = [new("request", "A person asked for it") { Path = $"/v1/instances/{Sample.Other}/redactions", Body = """{"sequence":1,"fields":["trigger_context"],"justification":"asked for by the person it is about"}""" }],
    };
}
