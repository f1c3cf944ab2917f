namespace Gantral.Bench.Running;

/// <summary>What was measured did not do its work: a fast wrong answer is worth nothing.</summary>
internal sealed class WrongAnswerException(string message) : Exception(message);
