using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Schedules;

/// <summary>How far the clocks on the walls of the world are ahead of UTC: rules that governments change, and so an input.</summary>
public interface ITimeZones
{
    /// <summary>How far a zone is ahead at each moment; none where nobody here knows the zone.</summary>
    Func<Instant, TimeSpan>? Find(string timeZone);
}
