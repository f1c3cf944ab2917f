using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>The reference as a page: without scripts, and with nothing from elsewhere.</summary>
internal static class ReferencePage
{
    public static string Of(ImmutableArray<Operation> operations)
    {
        var html = new Html();
        html.Line("<!doctype html>")
            .Line("<html lang=\"en\">")
            .Line("<head>")
            .Line("<meta charset=\"utf-8\">")
            .Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Line("<title>Gantral API</title>")
            .Line($"<link rel=\"stylesheet\" href=\"{OpenPages.StyleSheet}\">")
            .Line("</head>")
            .Line("<body>")
            .Line("<a class=\"skip\" href=\"#main\">Skip to the reference</a>");
        var shapes = OpenApiDocument.ShapesOf(operations);
        WriteIndex(html, operations, shapes.Values);
        html.Line("<main id=\"main\">");
        WriteIntroduction(html);
        foreach (var (tag, text) in Tags.All)
        {
            html.Line($"<section class=\"tag\"><h2 id=\"{Anchor(tag)}\">{Html.Text(tag)}</h2><p>{Html.Prose(text)}</p>");
            foreach (var operation in operations.Where(operation => operation.Described.Tag == tag))
            {
                WriteOperation(html, operation);
            }

            html.Line("</section>");
        }

        html.Line("<section class=\"tag\"><h2 id=\"shapes\">Shapes</h2><p>The objects that are sent and answered, by their names.</p>");
        foreach (var shape in shapes.Values)
        {
            ReferenceShapes.Write(html, shape);
        }

        return html.Line("</section>").Line("</main>").Line("</body>").Line("</html>").ToString();
    }

    private static void WriteIndex(Html html, ImmutableArray<Operation> operations, IEnumerable<Shape> shapes)
    {
        html.Line("<nav aria-label=\"Operations\"><p class=\"brand\"><a href=\"#main\">Gantral API</a></p><details><summary>Contents</summary>");
        foreach (var (tag, _) in Tags.All)
        {
            html.Line($"<p><a href=\"#{Anchor(tag)}\">{Html.Text(tag)}</a></p><ul>");
            foreach (var operation in operations.Where(operation => operation.Described.Tag == tag))
            {
                html.Line($"<li><a href=\"#{operation.Described.Id}\">{Html.Text(operation.Described.Summary)}</a></li>");
            }

            html.Line("</ul>");
        }

        html.Line("<p><a href=\"#shapes\">Shapes</a></p><ul>");
        foreach (var shape in shapes)
        {
            html.Line($"<li><a href=\"#{shape.Name}\">{Html.Text(shape.Name)}</a></li>");
        }

        html.Line("</ul></details></nav>");
    }

    private static void WriteIntroduction(Html html)
    {
        html.Line("<header><h1>Gantral API</h1>");
        foreach (var paragraph in OpenApiDocument.Introduction.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            html.Line($"<p>{Html.Prose(paragraph)}</p>");
        }

        html.Line($"<p>The same for programs: <a href=\"{OpenPages.Document.Path}\">{OpenPages.Document.Path}</a>, OpenAPI 3.1. The examples take these two from the environment:</p>")
            .Line("<pre tabindex=\"0\"><code>export GANTRAL_URL=http://127.0.0.1:8080\nexport GANTRAL_TOKEN=$(./gantral dev token --actor alice --team payments --role release-manager)</code></pre></header>");
    }

    private static void WriteOperation(Html html, Operation operation)
    {
        var described = operation.Described;
        html.Line($"<article id=\"{described.Id}\"><h3><a href=\"#{described.Id}\">{Html.Text(described.Summary)}</a></h3>")
            .Line($"<p class=\"call\"><span class=\"method {operation.Method.ToLowerInvariant()}\">{operation.Method}</span> <code>{Path(operation)}</code></p>")
            .Line($"<p>{Html.Prose(described.Text)}</p>")
            .Line($"<p class=\"who\">Who: {(operation.Access is { } access ? Html.Prose(access.Words) : "anybody; no token is needed")}.</p>");
        WriteParameters(html, "Path", operation.Parts.Select(part => (part.Name, part.Form, part.Text)));
        WriteParameters(html, "Query", described.Query.Select(parameter => (parameter.Name, parameter.Form, parameter.Text)));
        if (described.Body is { } body)
        {
            html.Line($"<h4>Body</h4><p>{ReferenceShapes.Words(body)}</p>");
        }

        WriteAnswers(html, operation);
        foreach (var example in described.Examples)
        {
            html.Line($"<h4>Example: {Html.Prose(example.Summary)}</h4>")
                .Line($"<pre tabindex=\"0\"><code>{Html.Text(Curl(operation, example))}</code></pre>");
            if (RecordedAnswer.Of(described, example) is { } answer)
            {
                html.Line($"<details><summary>Answer: {described.Answers[0].Status.ToString(CultureInfo.InvariantCulture)}</summary><pre tabindex=\"0\"><code>{Html.Text(answer)}</code></pre></details>");
            }
        }

        html.Line("</article>");
    }

    private static void WriteParameters(Html html, string title, IEnumerable<(string Name, Form Form, string Text)> parameters)
    {
        var all = parameters.ToList();
        if (all.Count == 0)
        {
            return;
        }

        html.Line($"<h4>{title}</h4><dl>");
        foreach (var (name, form, text) in all)
        {
            html.Line($"<div><dt><code>{Html.Text(name)}</code> <span class=\"kind\">{ReferenceShapes.Words(form)}</span></dt><dd>{Html.Prose(text)}</dd></div>");
        }

        html.Line("</dl>");
    }

    private static void WriteAnswers(Html html, Operation operation)
    {
        html.Line("<h4>Answers</h4><dl>");
        foreach (var answer in operation.Described.Answers)
        {
            var bodies = string.Join(", or ", answer.Bodies.Select(body => ReferenceShapes.Words(body.Form)));
            html.Line($"<div><dt><code>{answer.Status.ToString(CultureInfo.InvariantCulture)}</code> <span class=\"kind\">{bodies}</span></dt><dd>{Html.Prose(answer.Text)}{(answer.HasLocation ? " <code>Location</code> says where it is." : "")}</dd></div>");
        }

        foreach (var codes in operation.Refusals)
        {
            foreach (var code in codes)
            {
                html.Line($"<div><dt><code>{codes.Key.ToString(CultureInfo.InvariantCulture)}</code> <code>{WireName.Of(code)}</code></dt><dd>{Html.Text(Meanings.Of(code))}</dd></div>");
            }
        }

        html.Line("</dl>");
    }

    // A long path may break behind its slashes and nowhere else.
    private static string Path(Operation operation) => Html.Text(operation.Template).Replace("/", "/<wbr>", StringComparison.Ordinal);

    private static string Curl(Operation operation, Example example)
    {
        var curl = new StringBuilder("curl");
        curl.Append(CultureInfo.InvariantCulture, $" \"$GANTRAL_URL{example.Target(operation.Path)}\"");
        if (operation.Access is not null)
        {
            curl.Append(" \\\n  -H \"Authorization: Bearer $GANTRAL_TOKEN\"");
        }

        if (example.Accept is { } accept)
        {
            curl.Append(CultureInfo.InvariantCulture, $" \\\n  -H 'Accept: {accept}'");
        }

        if (example.Body is { } body)
        {
            curl.Append(CultureInfo.InvariantCulture, $" \\\n  -H 'Content-Type: {operation.Described.BodyMedia}' \\\n  -H 'Idempotency-Key: {operation.Described.Id}-{example.Name}' \\\n  -d '{body}'");
        }

        return curl.ToString();
    }

    private static string Anchor(string tag) => $"tag-{tag.ToLowerInvariant().Replace(' ', '-')}";
}
