using System.Collections.Immutable;

namespace Gantral.Grains.Policies;

/// <summary>What an author wrote about a policy, understood.</summary>
/// <param name="PolicyId">The policy.</param>
/// <param name="Version">Its version.</param>
/// <param name="OwningTeamId">The team that the author named, if one was.</param>
/// <param name="Teams">The other teams that may bind it.</param>
/// <param name="Evaluator">How it is evaluated.</param>
internal sealed record PolicyDefinition(string PolicyId, string Version, string? OwningTeamId, ImmutableArray<string> Teams, EvaluatorDefinition Evaluator)
{
    /// <summary>The id of the version.</summary>
    public string PolicyVersionId => $"{PolicyId}@{Version}";
}
