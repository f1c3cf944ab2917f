using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Policies;

/// <summary>What of a question a rule may look at, besides the context.</summary>
[LowerCaseNames]
internal enum QuestionField
{
    /// <summary>The governed step; a start has none, and matches no condition on it.</summary>
    Step,

    /// <summary>How much is at stake.</summary>
    Materiality,

    /// <summary>The workflow.</summary>
    WorkflowId,

    /// <summary>Who asks.</summary>
    ActorId,

    /// <summary>Any of the roles of whoever asks.</summary>
    Role,
}
