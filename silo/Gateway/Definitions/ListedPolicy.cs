namespace Gantral.Silo.Gateway.Definitions;

/// <summary>A policy version as a list shows it; what it says in full is read by its id.</summary>
internal sealed record ListedPolicy(ListPlace Place, string OwningTeamId, string PolicyVersionId, string RegisteredBy);
