namespace Gantral.Client;

/// <summary>The answer to a claim.</summary>
internal sealed record ClaimedTasks(IReadOnlyList<ClaimedTask> Tasks);
