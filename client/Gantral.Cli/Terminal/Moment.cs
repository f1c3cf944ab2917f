using System.Globalization;

namespace Gantral.Cli.Terminal;

/// <summary>Times as people read them.</summary>
internal static class Moment
{
    /// <summary>A moment in UTC, to the second.</summary>
    public static string At(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How long something takes, in at most two units.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { Ticks: < 0 } => Span(-span),
        { TotalMinutes: < 1 } => $"{span.Seconds} s",
        { TotalHours: < 1 } => $"{span.Minutes} min {span.Seconds:00} s",
        { TotalDays: < 1 } => $"{span.Hours} h {span.Minutes:00} min",
        _ => $"{span.Days} d {span.Hours} h",
    };

    /// <summary>How long is left, painted by how soon it ends.</summary>
    public static Cell Left(DateTimeOffset? until, DateTimeOffset now, Colour colour) => until switch
    {
        null => new Cell("no deadline", colour.Faint),
        { } at when at <= now => new Cell($"over since {Span(now - at)}", colour.Bad),
        { } at when at - now < TimeSpan.FromMinutes(10) => new Cell(Span(at - now), colour.Doubtful),
        { } at => Span(at - now),
    };
}
