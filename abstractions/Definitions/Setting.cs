using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Definitions;

/// <summary>A setting of the operator, and the value that one of its entries gave it.</summary>
public sealed record Setting
{
    /// <summary>Its id and the hash of the entry.</summary>
    public required SettingReference Reference { get; init; }

    /// <summary>The value.</summary>
    public required CanonicalBytes Value { get; init; }

    /// <summary>When it got the value.</summary>
    public required Instant ChangedAt { get; init; }

    /// <summary>Who gave it.</summary>
    public required Actor ChangedBy { get; init; }
}
