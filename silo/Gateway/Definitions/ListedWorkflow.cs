using Gantral.Abstractions.Authority;

namespace Gantral.Silo.Gateway.Definitions;

/// <summary>A workflow version as a list shows it; what it says in full is read by its id.</summary>
internal sealed record ListedWorkflow(
    ListPlace Place, string OwningTeamId, string WorkflowId, string Version, string PolicyVersionId, Materiality Materiality, Mode Mode, string RegisteredBy);
