using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Schedules;

namespace Gantral.Silo.Triggers;

/// <summary>The time zones as this machine's copy of the IANA database has them.</summary>
internal sealed class MachineZones : ITimeZones
{
    /// <inheritdoc/>
    public Func<Instant, TimeSpan>? Find(string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) && zone.HasIanaId ? moment => zone.GetUtcOffset(moment.ToDateTimeOffset()) : null;
}
