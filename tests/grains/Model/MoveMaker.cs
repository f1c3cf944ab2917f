namespace Gantral.Grains.Tests.Model;

/// <summary>Thinks of the next move: mostly one that fits the state, sometimes any, at times around the deadlines.</summary>
internal sealed class MoveMaker(Random random, AuthorityModel model, long start)
{
    private static readonly string[] People = ["alice", "bob", "carol", "dora"];
    private static readonly string[] Roles = ["manager", "security", "cto"];
    private static readonly string[] Justifications = ["seen and fine", "seen and fine", "seen and fine", "seen and fine", "seen and fine", "seen and fine", "  ", "ok"];
    private static readonly string[] Deltas = ["percent=5", "percent=5", "amount=1", "amount=2", "amount=null", "nothing=null", "empty", "list", "none"];
    private static readonly long?[] Times = [null, null, 1, 60_000, 1_800_000, 1_800_000, 1_800_000, 86_400_000];
    private static readonly string[] Fields = ["trigger_context", "context_snapshot", "context_delta justification", "justification", ""];
    private static readonly string[] Lenders = ["human", "human", "human", "human", "human", "workload"];

    private long _clock = start;

    public Move Next()
    {
        _clock = Tick();
        if (model.State == "NONE" && !Once(4))
        {
            return new Move.Create(_clock, Creator(), random.Next(1, 3), Once(3) ? null : Answer());
        }

        return Once(10) ? Any(random.Next(14)) : Fitting();
    }

    private Move Fitting() => model.State switch
    {
        "CREATED" => Any(1),
        "NONE" => Lend(),
        "RUNNING" => Any(Pick([2, 2, 2, 2, 2, 2, 2, 4, 5, 5, 9, 10, 13])),
        "WAITING_FOR_HUMAN" => Any(Pick([3, 3, 3, 3, 3, 3, 3, 3, 6, 5, 8, 10, 12, 13])),
        "RESUMED" => Any(Pick([4, 4, 4, 4, 4, 5, 6, 10])),
        _ => Any(Pick([0, 3, 7, 8, 9, 10])),
    };

    private Move Any(int which) => which switch
    {
        0 => new Move.Create(_clock, Creator(), 1, Answer()),
        1 => new Move.Start(_clock, random.Next(4) == 0 ? "bob" : "robot", Answer()),
        2 => new Move.Request(_clock, random.Next(4) == 0 ? "bob" : "robot", Pick(["plan", "deploy", "deploy", "deploy", "deploy", "launch"]), random.Next(1, 3), Answer()),
        3 => Decide(),
        4 => new Move.Claim(_clock, model.State == "RESUMED" ? random.Next(8) > 0 : random.Next(2) == 0),
        5 => new Move.Outcome(_clock, Pick(["COMPLETED", "FAILED", "SUSPENDED", "SUSPENDED", "SUSPENDED", "SUSPENDED"]), Once(4), Once(4), random.Next(3) == 0 ? null : Answer()),
        6 => new Move.Expire(_clock, Pick(["Decision", "Decision", "Decision", "Execution", "Execution", "Execution", "Lease"])),
        7 => new Move.Cancel(_clock, Pick([null, null, "no longer wanted", "no"])),
        8 => new Move.Attach(_clock),
        9 => new Move.Spend(_clock),
        10 => new Move.Redact(_clock, random.NextInt64(0, model.Sequence + 2), Pick(Fields), Pick(Justifications)),
        11 when Once(4) => new Move.LoseEvidence(_clock),
        12 when model.Loans.Count > 0 => new Move.Revoke(_clock, random.Next(model.Loans.Count), Pick(People)),
        _ => Lend(),
    };

    private Move.Decide Decide()
    {
        var lent = model.Loans.Count > 0 && Once(2) ? random.Next(model.Loans.Count) : (int?)null;
        var eligible = model.Gate?.Eligible;
        var role = lent is { } loan && !Once(4) ? model.Loans[loan].Role : eligible is not null && !Once(6) ? Pick(eligible) : Pick(Roles);
        var type = Pick(["APPROVE", "APPROVE", "APPROVE", "REJECT", "OVERRIDE"]);
        return new Move.Decide(
            _clock,
            lent is { } known && !Once(6) ? model.Loans[known].To : Pick(People),
            Once(20) ? Pick(["workload", "system"]) : "human",
            type,
            role,
            Once(8) ? Pick(Roles) : string.Join(' ', Roles),
            Once(10) ? Pick(["previous", "nothing"]) : "pending",
            Pick(Justifications),
            type == "OVERRIDE" ? Pick(Deltas) : Once(20) ? Pick(Deltas) : "none",
            lent);
    }

    private Move.Lend Lend() => new(
        _clock, Pick(People), Pick(Lenders), Pick(People), Once(2) ? "manager" : Pick(Roles), Once(8) ? Pick(Roles) : string.Join(' ', Roles),
        Pick<long>([600_000, 3_600_000, 86_400_000, 86_400_000, 2_678_400_000, 2_678_400_001, 0]), Once(10) ? "treasury" : "payments", Pick(Justifications));

    private AnswerMove Answer()
    {
        var kind = Once(15) ? Pick(["DENY", "UNAVAILABLE", "CONFLICTING"]) : Once(3) ? "ALLOW" : "REQUIRE_HUMAN";
        return kind != "REQUIRE_HUMAN" ? new AnswerMove(kind) : new AnswerMove(kind)
        {
            Roles = Once(30) ? "" : Pick(["manager", "manager security", "manager security cto", "cto", "manager manager"]),
            Escalation = Pick(["", "cto", "cto manager"]),
            Approvals = Once(30) ? Pick([0, 101]) : Pick([1, 1, 1, 1, 2, 2, 3]),
            Distinct = Once(5),
            Timeout = Once(40) ? Pick<long>([0, -5]) : Pick(Times),
            Escalates = Once(2),
            Within = Once(40) ? Pick<long>([0, -5]) : Pick(Times),
        };
    }

    // Mostly on, sometimes back an hour or far ahead, and often to the millisecond around a deadline.
    private long Tick()
    {
        var deadline = model.Gate?.DecideBy ?? model.ExecuteBy ?? (model.Loans.Count > 0 ? model.Loans[^1].Until : null);
        return random.Next(20) switch
        {
            < 2 when deadline is { } near => near + random.Next(-1, 2),
            2 => _clock - 3_600_000,
            3 => _clock + random.NextInt64(10_000_000),
            4 => _clock,
            _ => _clock + random.NextInt64(60_000),
        };
    }

    private string Creator() => Once(4) ? "alice" : "robot";

    private bool Once(int of) => random.Next(of) == 0;

    private T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];
}
