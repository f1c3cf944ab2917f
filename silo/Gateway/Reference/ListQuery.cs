using System.Collections.Immutable;
using System.Globalization;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>The parameters that several operations share.</summary>
internal static class ListQuery
{
    /// <summary>The query of a list: its page, and what it filters by.</summary>
    public static ImmutableArray<Parameter> With(params ReadOnlySpan<Parameter> filters) =>
    [
        .. filters,
        new("limit", Form.Whole(1, PageQuery.GreatestLimit), string.Create(CultureInfo.InvariantCulture, $"How many at most; {PageQuery.UsualLimit} unless said."), "20"),
        new("cursor", Form.Text("cursor"), "The `next_cursor` of the page before; none to begin.", Sample.Cursor),
    ];

    /// <summary>Only what belongs to a workflow.</summary>
    public static Parameter Workflow { get; } = new("workflow_id", Form.Name, "Only this workflow.", "deploy");

    /// <summary>Which instances a report is about.</summary>
    public static ImmutableArray<Parameter> Report { get; } =
    [
        new(OwningTeam.Field, Form.Name, "The team; may be left out by a token of one team.", "payments"),
        Workflow,
        new("since", Form.Time, "From this moment on; 30 days before `until` unless said.", "2026-01-01T00:00:00Z"),
        new("until", Form.Time, "Before this moment; now unless said.", "2030-01-01T00:00:00Z"),
    ];

    /// <summary>Where the next page begins.</summary>
    public static Field NextCursor { get; } = new("next_cursor", Form.Text("cursor").OrNull, "Send it as `cursor` for the next page; null on the last one.");

    /// <summary>A page of a list.</summary>
    public static Shape Page(string name, string field, Shape item) =>
        new(name, "A page, and where the next one begins.", new Field(field, Form.ListOf(item.Form), "What the page shows."), NextCursor);
}
