namespace Gantral.Client;

/// <summary>A policy version as its author writes it. Which fields it has depends on <see cref="Evaluator"/>.</summary>
public sealed record PolicyDefinition
{
    /// <summary>The policy; without an @.</summary>
    public required string PolicyId { get; init; }

    /// <summary>Its version; without an @.</summary>
    public required string Version { get; init; }

    /// <summary>How it is evaluated: <c>rules</c>, <c>http</c> or <c>all</c>.</summary>
    public required string Evaluator { get; init; }

    /// <summary>The team that owns it; may be left out by a token of one team.</summary>
    public string? OwningTeamId { get; init; }

    /// <summary>Other teams that may bind it.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>Of <c>rules</c>: the rules, the first that matches wins.</summary>
    public IReadOnlyList<PolicyRule>? Rules { get; init; }

    /// <summary>Of <c>rules</c>: what is said when none matches; DENY unless said.</summary>
    public AdviceTerms? Default { get; init; }

    /// <summary>Of <c>http</c>: where it is asked.</summary>
    public Uri? Url { get; init; }

    /// <summary>Of <c>http</c>: <c>gantral</c> or <c>opa</c>.</summary>
    public string? Shape { get; init; }

    /// <summary>Of <c>http</c>: how long it has.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Of <c>all</c>: the policy versions, all of which are asked.</summary>
    public IReadOnlyList<string>? Members { get; init; }
}
