using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Grains;

/// <summary>One version of a workflow: written once, then only read.</summary>
public interface IWorkflowGrain
{
    /// <summary>Registers the version. The same content again is no harm; other content is refused.</summary>
    /// <param name="caller">Who registers.</param>
    /// <param name="owningTeamId">The team that is to own it.</param>
    /// <param name="definition">The content, as its author wrote it.</param>
    ValueTask<Registration<WorkflowVersion>> RegisterAsync(Caller caller, string owningTeamId, CanonicalBytes definition);

    /// <summary>The version, or none.</summary>
    ValueTask<WorkflowVersion?> ReadAsync();
}
