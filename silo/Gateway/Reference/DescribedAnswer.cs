using System.Collections.Immutable;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>One way in which an operation answers.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">What it means.</param>
internal sealed record DescribedAnswer(int Status, string Text)
{
    /// <summary>The bodies it may have, by their media types.</summary>
    public ImmutableArray<(string Media, Form Form)> Bodies { get; init; } = [];

    /// <summary>Whether it says where the thing is that was made.</summary>
    public bool HasLocation { get; init; }

    /// <summary>Whether it says under what name to keep it.</summary>
    public bool IsFile { get; init; }

    /// <summary>Something that was asked for.</summary>
    public static DescribedAnswer Ok(Form body, string text) => new(200, text) { Bodies = [("application/json", body)] };

    /// <summary>Something that was made, and where it is.</summary>
    public static DescribedAnswer Created(Form body, string text) => new(201, text) { Bodies = [("application/json", body)], HasLocation = true };

    /// <summary>Something that is no JSON.</summary>
    public static DescribedAnswer Of(string media, string text) => new(200, text) { Bodies = [(media, Form.Bytes(media))] };

    /// <summary>A report: JSON, or a table for whoever prefers one.</summary>
    public static DescribedAnswer Report(Form body, string text) =>
        new(200, text) { Bodies = [("application/json", body), (Reports.ReportCsv.ContentType, Form.Bytes(Reports.ReportCsv.ContentType))] };
}
