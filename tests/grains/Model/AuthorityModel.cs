namespace Gantral.Grains.Tests.Model;

/// <summary>
/// The state machine a second time, written from the design alone in plain words and numbers. It shares nothing with
/// the core, so a slip in one of them shows as a difference.
/// </summary>
internal sealed partial class AuthorityModel(bool observes, int materiality, bool lenient, string[] defaults)
{
    private const string Team = "payments";

    private readonly List<string> _said = [];
    private long _now;

    /// <summary>The state, or NONE.</summary>
    public string State { get; private set; } = "NONE";

    public long Sequence { get; private set; }

    /// <summary>When the last entry was made.</summary>
    public long Last { get; private set; }

    public long? ExecuteBy { get; private set; }

    public ModelGate? Gate { get; private set; }

    public SortedDictionary<string, int>? Context { get; private set; }

    public List<ModelLoan> Loans { get; } = [];

    private string _creator = "";
    private SortedDictionary<string, int> _trigger = [];

    private bool Ended => State is "COMPLETED" or "TERMINATED";

    /// <summary>What is said to a move: events, and a refusal after an exclamation mark.</summary>
    public string Take(Move move)
    {
        _said.Clear();
        _now = State == "NONE" ? move.At : Math.Max(move.At, Last);
        switch (move)
        {
            case Move.Lend lend:
                return Lend(lend);
            case Move.Revoke revoke:
                return Revoke(revoke);
            case Move.Create create:
                Create(create);
                break;
            case not null when State == "NONE":
                Refuse("not_found");
                break;
            case Move.Start start:
                Start(start);
                break;
            case Move.Request request:
                Request(request);
                break;
            case Move.Decide decide:
                Decide(decide);
                break;
            case Move.Claim claim:
                Claim(claim);
                break;
            case Move.Outcome outcome:
                Report(outcome);
                break;
            case Move.Expire expire:
                Expire(expire);
                break;
            case Move.Cancel cancel:
                Cancel(cancel);
                break;
            case Move.Attach:
                Note("EVIDENCE_ATTACHED");
                break;
            case Move.Spend:
                Note("COST_RECORDED");
                break;
            case Move.Redact redact:
                Redact(redact);
                break;
            case Move.LoseEvidence when Ended:
                Refuse("invalid_transition");
                break;
            case Move.LoseEvidence:
                End("EVIDENCE_FAILURE");
                break;
        }

        return _said.Count == 0 ? "-" : string.Join(' ', _said);
    }

    /// <summary>A justification that says something: three characters that are seen, four thousand in all.</summary>
    private static bool Justifies(string why) => why.Length <= 4000 && why.Trim().Length >= 3;

    private void Enter(string state)
    {
        State = state;
        Note(state);
    }

    private void End(string reason)
    {
        State = "TERMINATED";
        Gate = null;
        ExecuteBy = null;
        Note($"TERMINATED({reason})");
    }

    private void Note(string what)
    {
        _said.Add(what);
        Sequence++;
        Last = _now;
    }

    private void Refuse(string code) => _said.Add($"!{code}");
}
