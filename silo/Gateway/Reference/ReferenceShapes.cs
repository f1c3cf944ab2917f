namespace Gantral.Silo.Gateway.Reference;

/// <summary>The shapes on the page, and links to them.</summary>
internal static class ReferenceShapes
{
    /// <summary>A shape, with each of its fields.</summary>
    public static void Write(Html html, Shape shape)
    {
        html.Line($"<article id=\"{shape.Name}\"><h3><a href=\"#{shape.Name}\">{Html.Text(shape.Name)}</a></h3><p>{Html.Prose(shape.Text)}</p>");
        if (shape.Variants.Length > 0)
        {
            html.Line($"<p>One of these, by its <code>{shape.Choice}</code>: {string.Join(", ", shape.Variants.Select(Link))}.</p>");
        }

        if (shape.Fields.Length > 0 || shape.Others is not null)
        {
            html.Line("<dl>");
            foreach (var field in shape.Fields)
            {
                html.Line($"<div><dt><code>{Html.Text(field.Name)}</code> <span class=\"kind\">{Words(field.Form)}{(field.IsRequired ? "" : ", optional")}</span></dt><dd>{Html.Prose(field.Text)}</dd></div>");
            }

            if (shape.Others is { } others)
            {
                html.Line($"<div><dt>any name <span class=\"kind\">{Words(others)}</span></dt><dd></dd></div>");
            }

            html.Line("</dl>");
        }

        html.Line("</article>");
    }

    /// <summary>What a value looks like, its shape linked.</summary>
    public static string Words(Form form) => form.Shapes.Aggregate(
        Html.Text(form.Words), (words, shape) => words.Replace(shape.Name, Link(shape), StringComparison.Ordinal));

    private static string Link(Shape shape) => $"<a href=\"#{shape.Name}\">{Html.Text(shape.Name)}</a>";
}
