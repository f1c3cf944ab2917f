namespace Gantral.Client;

/// <summary>The body of a policy replay.</summary>
internal sealed record PolicyReplay(string PolicyVersionId, string? OwningTeamId, string? WorkflowId, DateTimeOffset? Since, DateTimeOffset? Until);
