using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Definitions;

/// <summary>How another system signs what it sends.</summary>
[LowerCaseNames]
public enum WebhookScheme
{
    /// <summary>As GitHub does.</summary>
    Github,
}
