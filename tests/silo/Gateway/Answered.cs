using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>An answer, read to its end.</summary>
internal sealed record Answered(int Status, JsonNode? Body, string? ContentType, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    /// <summary>The body as it came; of a stream its first event.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The stable code of a problem.</summary>
    public string? Code => (string?)Body?["code"];

    /// <summary>What a problem says.</summary>
    public string Detail => (string)Body!["detail"]!;

    public static async Task<Answered> ReadAsync(HttpResponseMessage response)
    {
        var text = IsStream(response) ? await FirstEventAsync(response) : await response.Content.ReadAsStringAsync();
        return new((int)response.StatusCode, IsJson(response) && text.Length > 0 ? JsonNode.Parse(text) : null, response.Content.Headers.ContentType?.MediaType, response.Headers, response.Content.Headers) { Text = text };
    }

    private static bool IsStream(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == "text/event-stream";

    // A stream does not end, so what it begins with is all that there is to read.
    private static async Task<string> FirstEventAsync(HttpResponseMessage response)
    {
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        for (var (told, line) = (false, ""); !told || line.Length > 0; told |= line.StartsWith("data:", StringComparison.Ordinal))
        {
            line = await lines.ReadLineAsync() ?? throw new InvalidDataException("The stream ended before its first event.");
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsJson(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true;

    /// <summary>Asserts that this is a problem as RFC 9457 has it, and answers the same.</summary>
    public Answered IsProblem(int status, string code)
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(status, (int)Body!["status"]!);
        Assert.All(["type", "title", "detail", "trace_id"], name => Assert.NotEqual("", (string?)Body[name] ?? ""));
        return this;
    }
}
