namespace Gantral.Grains.Tests.Model;

/// <summary>Starts, steps, and what policy may bring about.</summary>
internal sealed partial class AuthorityModel
{
    private static readonly string[] Steps = ["plan", "deploy"];

    private void Create(Move.Create create)
    {
        if (State != "NONE")
        {
            Refuse("invalid_transition");
            return;
        }

        _creator = create.Who;
        _trigger = new() { ["amount"] = create.Amount };
        Context = _trigger;
        Enter("CREATED");
        if (create.Answer is { } answer)
        {
            Begin(create.Who, answer);
        }
    }

    private void Start(Move.Start start)
    {
        if (State != "CREATED")
        {
            Refuse("invalid_transition");
            return;
        }

        Begin(start.Who, start.Answer);
    }

    private void Begin(string who, AnswerMove answer)
    {
        Enter("RUNNING");
        if (answer.Kind != "ALLOW")
        {
            Consider(who, answer, _trigger);
        }
    }

    private void Request(Move.Request request)
    {
        if (State != "RUNNING")
        {
            Refuse("invalid_transition");
        }
        else if (!Steps.Contains(request.Step))
        {
            Refuse("unknown_step");
        }
        else if (request.Answer.Kind == "ALLOW")
        {
            Note("STEP_ALLOWED");
        }
        else
        {
            Consider(request.Who, request.Answer, new() { ["amount"] = request.Amount });
        }
    }

    private void Consider(string who, AnswerMove answer, SortedDictionary<string, int> shown)
    {
        var trouble = answer.Kind switch
        {
            "DENY" => "POLICY_DENIED",
            "UNAVAILABLE" => "POLICY_UNAVAILABLE",
            "REQUIRE_HUMAN" when CanBeMet(answer) => null,
            _ => "CONFLICTING_POLICY",
        };
        if (observes)
        {
            Note(trouble is null ? "OBSERVED" : $"OBSERVED({trouble})");
        }
        else if (trouble is null)
        {
            Ask(who, answer, shown);
        }
        else if (trouble == "POLICY_UNAVAILABLE" && lenient && materiality < 2 && defaults.Length > 0)
        {
            Ask(who, AskDefaults(), shown);
        }
        else
        {
            End(trouble);
        }
    }

    private AnswerMove AskDefaults() => new("REQUIRE_HUMAN") { Roles = string.Join(' ', defaults) };

    private static string[] Split(string roles) => roles.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool CanBeMet(AnswerMove answer)
    {
        var roles = Split(answer.Roles);
        return roles.Length > 0
            && answer.Approvals >= 1 && answer.Approvals <= 100
            && (!answer.Distinct || roles.Distinct().Count() >= answer.Approvals)
            && (answer.Timeout is null || answer.Timeout > 0)
            && (answer.Within is null || answer.Within > 0);
    }

    private void Ask(string who, AnswerMove answer, SortedDictionary<string, int>? shown)
    {
        Gate = new ModelGate
        {
            Eligible = Split(answer.Roles),
            Escalation = Split(answer.Escalation),
            AskedBy = who,
            Needed = answer.Approvals,
            Distinct = answer.Distinct,
            Timeout = answer.Timeout,
            Escalates = answer.Escalates,
            Within = answer.Within,
            DecideBy = _now + answer.Timeout,
            Shown = shown,
        };
        Enter("WAITING_FOR_HUMAN");
    }
}
