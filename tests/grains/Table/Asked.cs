using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Table;

/// <summary>Every command in every variant that matters to a state, by the name it has in the table of expectations.</summary>
internal static class Asked
{
    private static readonly CanonicalBytes Context = Life.Json("""{"amount":1}""");
    private static readonly CanonicalBytes Reference = Life.Json("""[{"hash":"sha256:00","ref":"s3://bucket/report"}]""");
    private static readonly Cost Cost = new("EUR", "0.12");
    private static readonly PolicyAnswer Unavailable = new PolicyAnswer.Unavailable();
    private static readonly PolicyAnswer Conflicting = new PolicyAnswer.Conflicting();

    /// <summary>The commands, given the life that they are put to.</summary>
    public static IReadOnlyDictionary<string, Func<Life, Digest, Command>> Commands { get; } = new Dictionary<string, Func<Life, Digest, Command>>
    {
        ["create"] = (life, id) => new Command.Create(Life.Agent, id, life.InstanceId, life.Binding, Context, Life.Allow),
        ["create unstarted"] = (life, id) => new Command.Create(Life.Agent, id, life.InstanceId, life.Binding, Context, null),
        ["start allow"] = (_, id) => new Command.Start(Life.Agent, id, Life.Allow),
        ["start ask"] = (_, id) => new Command.Start(Life.Agent, id, Life.Ask()),
        ["start deny"] = (_, id) => new Command.Start(Life.Agent, id, Life.Deny),
        ["start unavailable"] = (_, id) => new Command.Start(Life.Agent, id, Unavailable),
        ["start conflicting"] = (_, id) => new Command.Start(Life.Agent, id, Conflicting),
        ["request allow"] = (_, id) => Request(id, Life.Allow),
        ["request ask"] = (_, id) => Request(id, Life.Ask()),
        ["request deny"] = (_, id) => Request(id, Life.Deny),
        ["request unavailable"] = (_, id) => Request(id, Unavailable),
        ["request conflicting"] = (_, id) => Request(id, Conflicting),
        ["request unknown"] = (_, id) => Request(id, Life.Allow) with { Step = "launch" },
        ["approve"] = (life, id) => Decide(life, id, DecisionType.Approve),
        ["reject"] = (life, id) => Decide(life, id, DecisionType.Reject),
        ["override"] = (life, id) => Decide(life, id, DecisionType.Override) with { ContextDelta = Life.Json("""{"percent":5}""") },
        ["claim start"] = (_, id) => new Command.Claim(Life.Runner, id, WorkKind.Start),
        ["claim resume"] = (_, id) => new Command.Claim(Life.Runner, id, WorkKind.Resume),
        ["complete"] = (_, id) => new Command.Complete(Life.Runner, id),
        ["complete noting"] = (_, id) => new Command.Complete(Life.Runner, id) { Evidence = Reference, Cost = Cost },
        ["fail"] = (_, id) => new Command.Fail(Life.Runner, id, null),
        ["fail noting"] = (_, id) => new Command.Fail(Life.Runner, id, Context) { Evidence = Reference, Cost = Cost },
        ["suspend"] = (_, id) => new Command.Suspend(Life.Runner, id, null, null),
        ["suspend noting"] = (_, id) => new Command.Suspend(Life.Runner, id, Context, Life.Ask()) { Evidence = Reference, Cost = Cost },
        ["expire decision"] = (_, id) => new Command.Expire(id, Deadline.Decision),
        ["expire execution"] = (_, id) => new Command.Expire(id, Deadline.Execution),
        ["expire lease"] = (_, id) => new Command.Expire(id, Deadline.Lease),
        ["expire retention"] = (_, id) => new Command.Expire(id, Deadline.Retention) { Kept = [new Redaction(1, [PrivateFieldNames.TriggerContext])] },
        ["cancel"] = (_, id) => new Command.Cancel(Life.Agent, id, "no longer wanted"),
        ["attach"] = (_, id) => new Command.AttachEvidence(Life.Agent, id, Reference),
        ["cost"] = (_, id) => new Command.RecordCost(Life.Agent, id, Cost),
        ["redact"] = (_, id) => new Command.Redact(Life.Person("officer"), id, new Redaction(1, [PrivateFieldNames.TriggerContext]), "a person asked for it"),
        ["redact a reason"] = (_, id) => new Command.Redact(Life.Person("officer"), id, new Redaction(1, [PrivateFieldNames.Justification]), "a person asked for it"),
        ["redact as program"] = (_, id) => new Command.Redact(Life.Agent, id, new Redaction(1, [PrivateFieldNames.TriggerContext]), "a person asked for it"),
        ["redact nothing"] = (_, id) => new Command.Redact(Life.Person("officer"), id, new Redaction(1, []), "a person asked for it"),
        ["fail evidence"] = (_, id) => new Command.FailEvidence(id),
    };

    private static Command.RequestAuthority Request(Digest id, PolicyAnswer answer) => new(Life.Agent, id, "deploy", Context, answer);

    private static Command.Decide Decide(Life life, Digest id, DecisionType type) => new(
        Life.Person("bob"), id, type, "release-manager", ["release-manager"],
        life.Instance?.Pending?.Request.ContextSnapshotHash ?? Digest.Zero, "bob has read the change");
}
