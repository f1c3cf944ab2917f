using System.Collections.Immutable;

namespace Gantral.Silo.Gateway.Definitions;

/// <summary>Which versions are listed.</summary>
/// <param name="Teams">Those that one of these teams owns.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Before">Only what was registered before this one: where the page before ended.</param>
internal sealed record DefinitionFilter(ImmutableArray<string> Teams, int Limit, ListPlace? Before)
{
    /// <summary>Only versions of this workflow, or this policy.</summary>
    public string? Id { get; init; }
}
