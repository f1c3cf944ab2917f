using System.Collections.Frozen;
using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Authority;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Model;

/// <summary>Carries out moves on the real core.</summary>
internal sealed class Stagehand(Life life)
{
    private static readonly CanonicalBytes Something = Life.Json("[]");
    private static readonly Cost Cost = new("EUR", "0.12");

    private readonly List<Digest> _shown = [Digest.Zero, Digest.Zero];
    private readonly List<Delegation> _loans = [];

    public Life Life => life;

    public static Life Raise(PaperLog log, string name, bool observes, int materiality, bool lenient, string[] defaults) =>
        new(log, name, observes ? Mode.Observe : Mode.Enforce, (Materiality)materiality)
        {
            Terms = new WorkflowTerms(FrozenSet.Create("plan", "deploy")) { DefaultApproverRoles = [.. defaults], HumanWhenPolicyUnavailable = lenient },
        };

    /// <summary>What the core says, and the ruling where the move was an instance's.</summary>
    public (string Said, Ruling? Ruling) Do(Move move)
    {
        switch (move)
        {
            case Move.Lend lend:
                return (Lend(lend), null);
            case Move.Revoke revoke:
                return (Revoke(revoke), null);
            default:
                var ruling = life.RuleAt(new Instant(move.At), id => Command(move, id));
                if (life.Instance?.Pending is { } pending && pending.Request.ContextSnapshotHash != _shown[^1])
                {
                    _shown.Add(pending.Request.ContextSnapshotHash);
                }

                return (Said.Of(ruling), ruling);
        }
    }

    private Command Command(Move move, Digest id) => move switch
    {
        Move.Create create => new Command.Create(Who(create.Who), id, life.InstanceId, life.Binding, Context(create.Amount), Answer(create.Answer)),
        Move.Start start => new Command.Start(Who(start.Who), id, Answer(start.Answer)!),
        Move.Request request => new Command.RequestAuthority(Who(request.Who), id, request.Step, Context(request.Amount), Answer(request.Answer)!),
        Move.Decide decide => Decide(decide, id),
        Move.Claim claim => new Command.Claim(Life.Runner, id, claim.Resume ? WorkKind.Resume : WorkKind.Start),
        Move.Outcome outcome => Outcome(outcome, id) with { Evidence = outcome.Evidence ? Something : null, Cost = outcome.Cost ? Cost : null },
        Move.Expire expire => new Command.Expire(id, Enum.Parse<Deadline>(expire.What)),
        Move.Cancel cancel => new Command.Cancel(Life.Agent, id, cancel.Why),
        Move.Attach => new Command.AttachEvidence(Life.Agent, id, Something),
        Move.Spend => new Command.RecordCost(Life.Agent, id, Cost),
        Move.Redact redact => new Command.Redact(Life.Person("officer"), id, new Redaction(redact.Sequence, Split(redact.Fields)), redact.Why),
        Move.LoseEvidence => new Command.FailEvidence(id),
        _ => throw new ArgumentException(move.ToString(), nameof(move)),
    };

    private static Command.Outcome Outcome(Move.Outcome outcome, Digest id) => outcome.What switch
    {
        "COMPLETED" => new Command.Complete(Life.Runner, id),
        "FAILED" => new Command.Fail(Life.Runner, id, Something),
        _ => new Command.Suspend(Life.Runner, id, Something, Answer(outcome.Answer)),
    };

    private Command.Decide Decide(Move.Decide decide, Digest id) => new(
        Who(decide.Who) with { Kind = Enum.Parse<ActorKind>(decide.Kind, ignoreCase: true) },
        id,
        Enum.Parse<DecisionType>(decide.Type, ignoreCase: true),
        decide.Role,
        Split(decide.Held),
        decide.Seen switch { "pending" => _shown[^1], "previous" => _shown[^2], _ => Digest.Zero },
        decide.Why)
    {
        ContextDelta = decide.Delta switch
        {
            "none" => null,
            "empty" => Life.Json("{}"),
            "list" => Life.Json("[1]"),
            var set => Life.Json($"{{\"{set.Replace("=", "\":", StringComparison.Ordinal)}}}"),
        },
        Delegation = decide.Lent is { } lent ? _loans[lent] : null,
    };

    private string Lend(Move.Lend lend)
    {
        life.Log.Now = new Instant(lend.At);
        var ruling = DelegationCore.Grant(
            Who(lend.From) with { Kind = Enum.Parse<ActorKind>(lend.Kind, ignoreCase: true) }, Split(lend.Held), lend.Team,
            new DelegationGrant(Who(lend.To).Person, lend.Role, new Instant(lend.At + lend.Lasting)), lend.Why, life.NewCommandId(), life.NewMoment());
        return Commit(ruling, _loans.Count);
    }

    private string Revoke(Move.Revoke revoke)
    {
        life.Log.Now = new Instant(revoke.At);
        return Commit(DelegationCore.Revoke(_loans[revoke.Lent], Who(revoke.By), "back from leave", life.NewCommandId(), life.NewMoment()), revoke.Lent);
    }

    private string Commit(DelegationRuling ruling, int place)
    {
        if (ruling.Refusal is { } refusal)
        {
            return $"!{WireName.Of(refusal.Code)}";
        }

        life.Log.Add(ruling.Entry!);
        if (place == _loans.Count)
        {
            _loans.Add(ruling.Delegation!);
        }

        _loans[place] = ruling.Delegation!;
        return WireName.Of(ruling.Entry!.Entry.Type);
    }

    private static PolicyAnswer? Answer(AnswerMove? answer) => answer?.Kind switch
    {
        null => null,
        "ALLOW" => Life.Allow,
        "DENY" => Life.Deny,
        "UNAVAILABLE" => new PolicyAnswer.Unavailable(),
        "CONFLICTING" => new PolicyAnswer.Conflicting(),
        _ => Life.Ask(
            Span(answer.Timeout), answer.Escalates ? OnTimeout.Escalate : OnTimeout.FailClosed, answer.Approvals, answer.Distinct,
            Span(answer.Within), Split(answer.Roles), Split(answer.Escalation)),
    };

    private static TimeSpan? Span(long? milliseconds) => milliseconds is { } known ? TimeSpan.FromMilliseconds(known) : null;

    private static Actor Who(string who) => who == "robot" ? Life.Agent with { Id = who } : Life.Person(who);

    private static CanonicalBytes Context(int amount) => Life.Json($$"""{"amount":{{amount}}}""");

    private static ImmutableArray<string> Split(string texts) => [.. texts.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
