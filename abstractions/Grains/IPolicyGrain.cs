using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;

namespace Gantral.Abstractions.Grains;

/// <summary>One version of a policy: written once, then only read and asked. It advises and holds no authority.</summary>
public interface IPolicyGrain
{
    /// <summary>Registers the version. The same content again is no harm; other content is refused.</summary>
    /// <param name="caller">Who registers.</param>
    /// <param name="owningTeamId">The team that is to own it.</param>
    /// <param name="definition">The content, as its author wrote it.</param>
    ValueTask<Registration<PolicyVersion>> RegisterAsync(Caller caller, string owningTeamId, CanonicalBytes definition);

    /// <summary>The version, or none.</summary>
    ValueTask<PolicyVersion?> ReadAsync();

    /// <summary>Asks; whatever goes wrong is an answer too, and never ALLOW.</summary>
    ValueTask<PolicyAnswer> AskAsync(PolicyQuestion question);

    /// <summary>Asks as a dry run, and tells how the answer came about.</summary>
    ValueTask<PolicyTrial> TryAsync(PolicyQuestion question);
}
