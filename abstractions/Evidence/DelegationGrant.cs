using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Evidence;

/// <summary>To whom an approver delegates, in which role, until when. The grantor is the entry's actor.</summary>
/// <param name="To">The person who may decide.</param>
/// <param name="Role">The one role that is delegated; the grantor holds it.</param>
/// <param name="Until">From this instant on nothing can be decided under the delegation.</param>
public sealed record DelegationGrant(Person To, string Role, Instant Until)
{
    /// <summary>The longest time for which a role can be lent.</summary>
    public static TimeSpan LongestTime { get; } = TimeSpan.FromDays(31);
}
