using System.Collections.Immutable;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>Which waiting instances are listed.</summary>
/// <param name="Teams">Of one of these teams.</param>
/// <param name="Roles">That ask for one of these roles.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="After">Only what comes after this one in the order of the list: where the page before ended.</param>
internal sealed record WaitingFilter(ImmutableArray<string> Teams, ImmutableArray<string> Roles, int Limit, WaitingInstance? After);
