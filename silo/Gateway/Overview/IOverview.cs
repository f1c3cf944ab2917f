using System.Collections.Immutable;

namespace Gantral.Silo.Gateway.Overview;

/// <summary>How everything stands now, for whoever watches.</summary>
internal interface IOverview
{
    /// <summary>How the work of some teams stands, as of a moment ago.</summary>
    ValueTask<OverviewFigures> OfAsync(ImmutableArray<string> teams);

    /// <summary>What this silo did in the seconds that are just over, for all teams together.</summary>
    SiloFigures Here { get; }
}
