using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Schedules;

/// <summary>No rules of the world: UTC is known, and nothing else.</summary>
public sealed class OnlyUtc : ITimeZones
{
    /// <inheritdoc/>
    public Func<Instant, TimeSpan>? Find(string timeZone) => timeZone == "UTC" ? _ => TimeSpan.Zero : null;
}
