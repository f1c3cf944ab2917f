namespace Gantral.Grains.Policies;

/// <summary>Something that must hold for a rule to match.</summary>
internal abstract record RuleCondition
{
    private RuleCondition()
    {
    }

    /// <summary>Something about the question itself.</summary>
    /// <param name="Field">What is looked at.</param>
    /// <param name="Texts">What it must be.</param>
    public sealed record Question(QuestionField Field, TextTest Texts) : RuleCondition;

    /// <summary>Something in the declared context.</summary>
    /// <param name="Path">The names that lead to it, from the outside in.</param>
    /// <param name="Values">What it must be.</param>
    public sealed record Context(string Path, ValueTest Values) : RuleCondition;
}
