namespace Gantral.Bench.Running;

/// <summary>What was measured did not do its work: a fast wrong answer is worth nothing.</summary>
public sealed class WrongAnswerException : Exception
{
    public WrongAnswerException()
    {
    }

    public WrongAnswerException(string message)
        : base(message)
    {
    }

    public WrongAnswerException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
