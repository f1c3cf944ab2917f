namespace Gantral.Client;

/// <summary>What was spent.</summary>
/// <param name="Since">Recorded at this moment or later.</param>
/// <param name="Until">And before this one.</param>
/// <param name="Workflows">By team, workflow and currency.</param>
/// <param name="Teams">By team and currency.</param>
public sealed record CostReport(DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<Spent> Workflows, IReadOnlyList<Spent> Teams);
