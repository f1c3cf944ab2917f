namespace Gantral.Grains.Tests.Model;

/// <summary>One thing that somebody does in a play. Its text is all that is needed to do it again.</summary>
/// <param name="At">When, in milliseconds since 1970 by the clock on the wall, which may step back.</param>
internal abstract record Move(long At)
{
    public sealed record Create(long At, string Who, int Amount, AnswerMove? Answer) : Move(At);

    public sealed record Start(long At, string Who, AnswerMove Answer) : Move(At);

    public sealed record Request(long At, string Who, string Step, int Amount, AnswerMove Answer) : Move(At);

    /// <param name="At">When.</param>
    /// <param name="Who">A person, or somebody else.</param>
    /// <param name="Kind">human, workload or system.</param>
    /// <param name="Type">APPROVE, REJECT or OVERRIDE.</param>
    /// <param name="Role">As what.</param>
    /// <param name="Held">The roles that the token proves.</param>
    /// <param name="Seen">pending, previous or nothing.</param>
    /// <param name="Why">Why.</param>
    /// <param name="Delta">none, empty, list, or what to set: amount=2, percent=null.</param>
    /// <param name="Lent">Which delegation, from 0, or none.</param>
    public sealed record Decide(long At, string Who, string Kind, string Type, string Role, string Held, string Seen, string Why, string Delta, int? Lent) : Move(At);

    public sealed record Claim(long At, bool Resume) : Move(At);

    /// <param name="At">When.</param>
    /// <param name="What">COMPLETED, FAILED or SUSPENDED.</param>
    /// <param name="Evidence">Whether it brings evidence.</param>
    /// <param name="Cost">Whether it brings a cost.</param>
    /// <param name="Answer">What policy says to a suspension.</param>
    public sealed record Outcome(long At, string What, bool Evidence, bool Cost, AnswerMove? Answer) : Move(At);

    /// <param name="At">When.</param>
    /// <param name="What">Decision, Execution or Lease.</param>
    public sealed record Expire(long At, string What) : Move(At);

    public sealed record Cancel(long At, string? Why) : Move(At);

    public sealed record Attach(long At) : Move(At);

    public sealed record Spend(long At) : Move(At);

    public sealed record Redact(long At, long Sequence, string Fields, string Why) : Move(At);

    public sealed record LoseEvidence(long At) : Move(At);

    public sealed record Lend(long At, string From, string Kind, string To, string Role, string Held, long Lasting, string Team, string Why) : Move(At);

    public sealed record Revoke(long At, int Lent, string By) : Move(At);
}
