namespace Gantral.Client;

/// <summary>What a report is to be about.</summary>
public sealed record ReportRange
{
    /// <summary>The team; may be left out by a token of one team. Costs are of all teams of the caller then.</summary>
    public string? OwningTeamId { get; init; }

    /// <summary>Only this workflow.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>From this moment on; 30 days before the end unless said.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before this moment; now unless said.</summary>
    public DateTimeOffset? Until { get; init; }
}
