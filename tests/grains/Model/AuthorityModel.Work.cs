namespace Gantral.Grains.Tests.Model;

/// <summary>Runners, deadlines, and what may be noted at any time.</summary>
internal sealed partial class AuthorityModel
{
    private void Claim(Move.Claim claim)
    {
        if (State != (claim.Resume ? "RESUMED" : "RUNNING"))
        {
            Refuse("invalid_transition");
        }
        else if (claim.Resume && !TooLate())
        {
            ExecuteBy = null;
            Enter("RUNNING");
        }
    }

    private void Report(Move.Outcome outcome)
    {
        var open = outcome.What == "COMPLETED" ? State is "RUNNING" or "RESUMED" : State is "RUNNING" or "RESUMED" or "WAITING_FOR_HUMAN";
        var asks = outcome is { What: "SUSPENDED", Answer: { Kind: "REQUIRE_HUMAN" } answer } && CanBeMet(answer) ? answer : AskDefaults();
        if (!open || (outcome.What == "SUSPENDED" && State == "RUNNING" && (Context is null || asks.Roles.Length == 0)))
        {
            Refuse("invalid_transition");
            return;
        }

        if (outcome.What == "COMPLETED" && State == "RESUMED" && TooLate())
        {
            return;
        }

        if (outcome.Evidence)
        {
            Note("EVIDENCE_ATTACHED");
        }

        if (outcome.Cost)
        {
            Note("COST_RECORDED");
        }

        switch (outcome.What)
        {
            case "COMPLETED":
                ExecuteBy = null;
                Enter("COMPLETED");
                break;
            case "FAILED":
                End("AGENT_FAILED");
                break;
            default:
                Note("SUSPENDED");
                if (State == "RUNNING")
                {
                    Ask("runner-1", asks, Context);
                }

                break;
        }
    }

    private bool TooLate()
    {
        if (!(_now >= ExecuteBy))
        {
            return false;
        }

        End("APPROVAL_EXPIRED");
        Refuse("invalid_transition");
        return true;
    }

    private void Expire(Move.Expire expire)
    {
        if (expire.What == "Decision" && State == "WAITING_FOR_HUMAN" && _now >= Gate!.DecideBy)
        {
            RunOut();
        }
        else if (expire.What == "Execution" && State == "RESUMED" && _now >= ExecuteBy)
        {
            End("APPROVAL_EXPIRED");
        }
        else if (expire.What == "Lease" && State == "RUNNING")
        {
            End("RUNNER_LOST");
        }
    }

    private void RunOut()
    {
        Note("TIMEOUT");
        if (!Gate!.Escalates || Gate.Escalation.Length == 0)
        {
            End("TIMEOUT");
            return;
        }

        Gate.Eligible = Gate.Escalation;
        Gate.Escalation = [];
        Gate.Escalates = false;
        Gate.DecideBy = _now + Gate.Timeout;
        Gate.Approvals.Clear();
        Note("ESCALATED");
    }

    private void Cancel(Move.Cancel cancel)
    {
        if (Ended)
        {
            Refuse("invalid_transition");
        }
        else if (cancel.Why is { } why && !Justifies(why))
        {
            Refuse("justification_required");
        }
        else
        {
            End("CANCELLED");
        }
    }

    private void Redact(Move.Redact redact)
    {
        if (redact.Sequence < 1 || redact.Sequence > Sequence || redact.Fields.Length == 0)
        {
            Refuse("invalid_body");
            return;
        }

        if (!Justifies(redact.Why))
        {
            Refuse("justification_required");
            return;
        }

        if (!Ended && Split(redact.Fields).Any(field => field is "trigger_context" or "context_snapshot" or "context_delta" or "checkpoint"))
        {
            Refuse("invalid_transition");
            return;
        }

        Note("REDACTED");
        if (Split(redact.Fields).Any(field => field is "trigger_context" or "context_snapshot" or "context_delta"))
        {
            Context = null;
        }
    }
}
