using System.Collections.Immutable;

namespace Gantral.Silo.Telemetry;

/// <summary>What one silo did in the seconds that are just over.</summary>
/// <param name="Transitions">How many transitions it committed in each second, the oldest first.</param>
/// <param name="PolicyOutcomes">How often policies were asked, by what came of it.</param>
/// <param name="PolicyLatencies">How often that took how long, by the steps of <see cref="LatencyBounds"/>.</param>
/// <param name="StreamLag">The longest that an entry was on its way to those who follow, in each second; none where nothing was told.</param>
internal sealed record RecentFigures(
    ImmutableArray<int> Transitions, ImmutableArray<long> PolicyOutcomes, ImmutableArray<long> PolicyLatencies, ImmutableArray<TimeSpan?> StreamLag);
