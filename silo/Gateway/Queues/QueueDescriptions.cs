using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Queues;

/// <summary>What <see cref="QueueOperations"/> and <see cref="TaskOperations"/> do, for whoever calls them.</summary>
internal static class QueueDescriptions
{
    private const string Tag = "Runners";

    private static readonly Field Token = new("fencing_token", Form.Whole(1), "The token that came with the task.");

    private static readonly Shape Used = new("TaskConnection", "A connection that the work uses.",
        new Field("connection_id", Form.Name, "Its name."),
        new Field("version", Form.Name, "Its version."),
        new Field("reference", Form.Text("reference"), "Where the runner finds the secret. The secret itself is never here."));

    private static readonly Shape Task = new("Task", "A piece of work that is a runner's own for a time.",
        new Field("task_id", Form.Id, "Its id."),
        new Field("fencing_token", Form.Whole(1), "Higher each time that the work is handed out. Whoever has a lower one has lost it."),
        new Field("kind", Form.Word<WorkKind>(), "`START`: begin. `RESUME`: go on, in a new process, with what a person approved."),
        new Field("attempt", Form.Whole(1), "The how manieth process this is for the same work."),
        new Field("instance_id", Form.Id, "The instance."),
        new Field("workflow_id", Form.Name, "Its workflow."),
        new Field("workflow_version", Form.Name, "The version of the workflow."),
        new Field("owning_team_id", Form.Name, "The team that owns it."),
        new Field("mode", Form.Word<Mode>(), "Whether policy stops it or is only recorded."),
        new Field("context", Form.Free.OrNull, "What the work is to use; of a `RESUME` what was approved, an override merged in. Null once erased."),
        new Field("checkpoint", Form.Free.OrNull, "Where the process that suspended left off: a reference and its hash."),
        new Field("connections", Form.ListOf(Used.Form), "The secrets that its workflow says the work needs, for the runner to resolve where it runs."),
        new Field("lease_until", Form.Time, "Until when the work is the runner's own."));

    /// <summary>A queue, as it is listed.</summary>
    public static readonly Shape Queue = new("Queue", "How a queue stands.",
        new Field("queue", Form.Name, "Its name."),
        new Field("owning_team_id", Form.Name, "Whose it is."),
        new Field("state", Form.Word<QueueState>(), "Whether work is handed out."),
        new Field("most_at_once", Form.Whole(1, QueueOperations.MostProcesses).OrNull, "How many processes may be at work at a time; null for as many as like."),
        new Field("depth", Form.Whole(0), "How many pieces of work wait."),
        new Field("oldest_since", Form.Time.OrNull, "Since when the first of them waits."),
        new Field("oldest_age", Form.Duration.OrNull, "How long that one has waited."),
        new Field("at_work", Form.Whole(0), "How many are being worked on."),
        new Field("runners", Form.ListOf(Form.Text()), "By whom, in their own words."));

    private static readonly Shape Money = Shape.Sent("OutcomeCost", "What the work cost.",
        new Field("currency", Form.Currency, "Three capitals, as in ISO 4217."),
        new Field("amount", Form.Amount, "A decimal number as a text."));

    private static readonly ImmutableArray<DescribedAnswer> OneQueue = [DescribedAnswer.Ok(Queue.Form, "The queue.")];

    public static Described Order { get; } = new("order_queue", Tag, "Pause, drain or limit a queue")
    {
        Text = "Says what is wanted of a queue, whether it has had work yet or not. `open` hands work out; `draining` goes on with what has begun and begins nothing; `paused` hands out nothing. It stops nothing that runs.",
        Body = Shape.Sent("QueueOrder", "What is wanted.",
            new Field("state", Form.Word<QueueState>(), "Whether work is handed out."),
            Field.Maybe("most_at_once", Form.Whole(1, QueueOperations.MostProcesses), "How many processes may be at work at a time; as many as like unless said."),
            Field.Maybe(OwningTeam.Field, Form.Name, "The team whose queue it is; may be left out by a token of one team.")).Form,
        Answers = OneQueue,
        Examples = [new("limit", "Twenty at a time") { Body = """{"state":"open","most_at_once":20}""" }],
    };

    public static Described Claim { get; } = new("claim_tasks", Tag, "Fetch work")
    {
        Text = "Hands out work, fairly between workflows and the oldest first within one, and waits for the first piece as long as `wait` says. A queue that nobody has is waited at like one that is empty.",
        Body = Shape.Sent("Claim", "A runner that asks for work.",
            new Field("runner_id", Form.Name, "What the runner calls itself; shown, and nothing else."),
            Field.Maybe("max", Form.Whole(1, QueueOperations.MostTasks), "How many pieces at most; 1 unless said."),
            Field.Maybe("wait", Form.Duration, "How long to wait for the first, PT60S at most; not at all unless said."),
            Field.Maybe("lease", Form.Duration, "How long the work is the runner's own without a heartbeat, PT1S to PT1H; PT60S unless said.")).Form,
        Answers = [DescribedAnswer.Ok(new Shape("Claimed", "What the runner has now.", new Field("tasks", Form.ListOf(Task.Form), "The work; empty if there was none.")).Form, "The work.")],
        Examples = [new("approved", "What was approved goes on") { Body = """{"runner_id":"r1","max":10,"wait":"PT20S","lease":"PT60S"}""" }],
    };

    public static Described List { get; } = new("list_queues", Tag, "List queues")
    {
        Text = "The queues of the caller's teams that have work or of which something was said.",
        Answers = [DescribedAnswer.Ok(new Shape("Queues", "Queues, in the order of their names.", new Field("queues", Form.ListOf(Queue.Form), "The queues.")).Form, "The queues.")],
        Examples = [new("all", "How all queues stand")],
    };

    public static Described Get { get; } = new("get_queue", Tag, "Read a queue")
    {
        Text = "How one queue stands.",
        Query = [new Parameter(OwningTeam.Field, Form.Name, "The team whose queue it is; may be left out by a token of one team.", "payments")],
        Answers = OneQueue,
        Examples = [new("one", "How a queue stands")],
    };

    public static Described Heartbeat { get; } = new("extend_lease", Tag, "Say that work goes on")
    {
        Text = "The work stays the runner's own for as long again. The answer tells in which state the instance is, so that a runner notices when there is nothing left to do.",
        Body = Shape.Sent("Heartbeat", "A runner that is still at it.",
            Token,
            Field.Maybe("lease", Form.Duration, "How long from now, PT1S to PT1H; PT60S unless said.")).Form,
        Answers =
        [
            DescribedAnswer.Ok(new Shape("Lease", "The lease as it is now.",
                new Field("task_id", Form.Id, "The task."),
                new Field("fencing_token", Form.Whole(1), "Its token."),
                new Field("lease_until", Form.Time, "Until when the work is the runner's own."),
                new Field("instance_id", Form.Id, "The instance."),
                new Field("state", Form.Word<ExecutionState>(), "Its state.")).Form, "The lease."),
        ],
        Refusals = [RefusalCode.LeaseLost],
        Examples = [new("still", "Still at it") { Body = """{"fencing_token":1}""" }],
    };

    public static Described Outcome { get; } = new("report_outcome", Tag, "Report how work ended")
    {
        Text = "Told again, it is answered as the first time, also without an `Idempotency-Key`. Whoever no longer has the work is refused with `lease_lost`, and nothing is changed.",
        Body = Shape.Sent("Outcome", "How the process ended.",
            Token,
            new Field("outcome", Form.Word<OutcomeWord>(), "`COMPLETED`, `FAILED`, or `SUSPENDED`: it checkpointed and exited, to go on in a new process once a person has decided."),
            Field.Maybe("checkpoint", InstanceDescriptions.Reference.Form, "Where it left off; of `SUSPENDED` only."),
            Field.Maybe("evidence", Form.ListOf(InstanceDescriptions.Reference.Form, 0, BodyFields.MostReferences), "Where evidence is held."),
            Field.Maybe("cost", Money.Form, "What the work cost."),
            Field.Maybe("error", Form.Either("text or object", Form.Text(), Form.Free), "What went wrong, in at most 4,000 bytes; of `FAILED` only.")).Form,
        Answers = [DescribedAnswer.Ok(InstanceShapes.Instance.Form, "The instance as it is afterwards.")],
        Refusals = [RefusalCode.LeaseLost, RefusalCode.InvalidTransition],
        Examples = [new("completed", "The agent finished") { Body = $$$"""{"fencing_token":1,"outcome":"COMPLETED","evidence":[{"ref":"s3://bucket/deploy.log","hash":"sha256:{{{Sample.Hash("evidence", 1)}}}"}],"cost":{"currency":"USD","amount":"0.31"}}""" }],
    };
}
