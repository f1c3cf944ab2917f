using System.Collections.Frozen;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;

namespace Gantral.Silo.Streams;

/// <summary>Which entries somebody follows.</summary>
/// <param name="Teams">Those of these teams.</param>
internal sealed record EntryFilter(FrozenSet<string> Teams)
{
    /// <summary>Of these workflows; of any, and of none, where nothing is said.</summary>
    public FrozenSet<string>? Workflows { get; init; }

    /// <summary>Of these types.</summary>
    public FrozenSet<EventType>? Types { get; init; }

    /// <summary>Whether entries are shown whole, as a history shows them, and also those that not everybody of a team may see.</summary>
    public bool Whole { get; init; }

    /// <summary>Whether an entry passes.</summary>
    public bool Lets(StreamedEntry entry) =>
        entry.Team is { } team && Teams.Contains(team)
        && (Whole || entry.Entry.Subject.Type is SubjectType.Instance or SubjectType.Workflow or SubjectType.Policy)
        && (Workflows is null || (entry.WorkflowId is { } workflow && Workflows.Contains(workflow)))
        && (Types is null || Types.Contains(entry.Type));
}
