namespace Gantral.Grains.Tests.Model;

/// <summary>People: who may decide, what follows, and who lends a role to whom.</summary>
internal sealed partial class AuthorityModel
{
    private const long LongestLoan = 31L * 24 * 60 * 60 * 1000;

    private void Decide(Move.Decide decide)
    {
        if (decide.Kind != "human")
        {
            Refuse("not_human");
        }
        else if (State != "WAITING_FOR_HUMAN")
        {
            Refuse("invalid_transition");
        }
        else if (_now >= Gate!.DecideBy)
        {
            RunOut();
            Refuse("invalid_transition");
        }
        else if (Fault(decide, Gate) is { } code)
        {
            Refuse(code);
        }
        else
        {
            Settle(decide, Gate);
        }
    }

    private string? Fault(Move.Decide decide, ModelGate gate)
    {
        var merged = Merge(gate.Shown, decide.Delta);
        return !MayDecide(decide, gate) ? "not_eligible"
            : decide.Seen != "pending" || (decide.Type != "REJECT" && gate.Shown is null) ? "stale_context"
            : !Justifies(decide.Why) ? "justification_required"
            : decide.Type != "OVERRIDE" ? (decide.Delta == "none" ? null : "invalid_body")
            : gate.Needed > 1 ? "not_eligible"
            : merged is null || merged.SequenceEqual(gate.Shown!) ? "context_delta_required"
            : null;
    }

    private bool MayDecide(Move.Decide decide, ModelGate gate)
    {
        var barred = new[] { _creator, gate.AskedBy };
        var loan = decide.Lent is { } lent ? Loans[lent] : null;
        var entitled = loan is null
            ? Split(decide.Held).Contains(decide.Role)
            : loan.To == decide.Who && loan.Role == decide.Role && loan.Team == Team && !loan.Revoked
                && _now >= loan.Since && _now < loan.Until && !barred.Contains(loan.From);
        if (barred.Contains(decide.Who) || !gate.Eligible.Contains(decide.Role) || !entitled)
        {
            return false;
        }

        // Everybody behind an approval counts once: who made it, and for whom.
        var behind = gate.Approvals.SelectMany(approval => new[] { approval.Who, approval.For }).OfType<string>().ToHashSet();
        return decide.Type != "APPROVE"
            || (!behind.Contains(decide.Who)
                && (loan is null || !behind.Contains(loan.From))
                && !(gate.Distinct && gate.Approvals.Exists(approval => approval.Role == decide.Role)));
    }

    private void Settle(Move.Decide decide, ModelGate gate)
    {
        if (decide.Type == "REJECT")
        {
            Note("REJECTED");
            Context = gate.Shown;
            End("REJECTED");
            return;
        }

        gate.Approvals.Add((decide.Who, decide.Lent is { } lent ? Loans[lent].From : null, decide.Role));
        if (gate.Approvals.Count < gate.Needed)
        {
            Note("DECISION_RECORDED");
            return;
        }

        Note(decide.Type == "OVERRIDE" ? "OVERRIDDEN" : "APPROVED");
        Context = decide.Type == "OVERRIDE" ? Merge(gate.Shown, decide.Delta) : gate.Shown;
        Gate = null;
        ExecuteBy = _now + gate.Within;
        Enter("RESUMED");
    }

    // A patch of one member; what it makes of the shown context, or nothing where it is no object.
    private static SortedDictionary<string, int>? Merge(SortedDictionary<string, int>? shown, string delta)
    {
        if (shown is null || delta is "none" or "list")
        {
            return null;
        }

        var merged = new SortedDictionary<string, int>(shown);
        if (delta.Split('=') is [var name, var value])
        {
            if (value == "null")
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = value[0] - '0';
            }
        }

        return merged;
    }

    private string Lend(Move.Lend lend)
    {
        var code = lend.Kind != "human" ? "not_human"
            : !Split(lend.Held).Contains(lend.Role) ? "not_eligible"
            : lend.To == lend.From || lend.Lasting <= 0 || lend.Lasting > LongestLoan ? "invalid_body"
            : !Justifies(lend.Why) ? "justification_required"
            : null;
        if (code is not null)
        {
            return $"!{code}";
        }

        Loans.Add(new ModelLoan(lend.From, lend.To, lend.Role, lend.Team, lend.At, lend.At + lend.Lasting));
        return "DELEGATION_GRANTED";
    }

    private string Revoke(Move.Revoke revoke)
    {
        var loan = Loans[revoke.Lent];
        if (loan.From != revoke.By)
        {
            return "!not_eligible";
        }

        if (loan.Revoked)
        {
            return "!invalid_transition";
        }

        loan.Revoked = true;
        return "DELEGATION_REVOKED";
    }
}
