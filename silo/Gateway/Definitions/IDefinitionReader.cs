using System.Collections.Immutable;

namespace Gantral.Silo.Gateway.Definitions;

/// <summary>What is found by looking over many versions.</summary>
internal interface IDefinitionReader
{
    /// <summary>Workflow versions, the newest first.</summary>
    ValueTask<ImmutableArray<ListedWorkflow>> WorkflowsAsync(DefinitionFilter filter);

    /// <summary>Policy versions, the newest first.</summary>
    ValueTask<ImmutableArray<ListedPolicy>> PoliciesAsync(DefinitionFilter filter);
}
