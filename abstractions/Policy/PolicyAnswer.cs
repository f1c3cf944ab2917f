namespace Gantral.Abstractions.Policy;

/// <summary>What came of asking policy. Only a closed set of outcomes: nothing unforeseen can mean ALLOW.</summary>
public abstract record PolicyAnswer
{
    private PolicyAnswer()
    {
    }

    /// <summary>Policy answered.</summary>
    public sealed record Advised(PolicyAdvice Advice) : PolicyAnswer;

    /// <summary>Policy was unreachable, slow, or said something that cannot be understood.</summary>
    public sealed record Unavailable : PolicyAnswer
    {
        /// <summary>What those policies that did answer demand of people. Where a person is asked instead, it is not forgotten.</summary>
        public PolicyAdvice? Demand { get; init; }
    }

    /// <summary>Policies contradict each other, or one contradicts itself.</summary>
    public sealed record Conflicting : PolicyAnswer;
}
