using System.Text.Json;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Tests.BadRequests;

/// <summary>An answer as it came over the wire; status 0 is none at all.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    // What the server itself says to what is no HTTP, or more of it than anybody needs.
    private static readonly int[] Bare = [400, 408, 411, 414, 431, 505];
    private static readonly HashSet<string> Codes = [.. WireName.All<RefusalCode>(), "method_not_allowed"];
    private static readonly string[] Insides = ["   at ", "Exception", "Npgsql", "StackTrace", ".cs:line"];

    /// <summary>What a problem says, without what is different each time.</summary>
    public string Told => Status < 400 || Body.Length == 0 ? Body : $"{(string?)JsonNode.Parse(Body)!["code"]}: {(string?)JsonNode.Parse(Body)!["detail"]}";

    /// <summary>What no answer may be, or nothing.</summary>
    public string? Fault(bool hasBody)
    {
        var type = Headers.GetValueOrDefault("content-type", "");
        return Status == 0 ? "no answer"
            : Status >= 500 && Status != 505 ? "a fault of the server"
            : Headers.ContainsKey("server") ? "the server says what it is"
            : Status >= 400 && Insides.FirstOrDefault(inside => Body.Contains(inside, StringComparison.Ordinal)) is { } inside ? $"insides: {inside}"
            : Status < 400 || !hasBody ? null
            : type == "application/problem+json" ? ProblemFault()
            : Body.Length == 0 && Bare.Contains(Status) ? null
            : $"neither a problem nor bare: {type}";
    }

    public override string ToString() => $"{Status} {Body}";

    private string? ProblemFault()
    {
        try
        {
            var problem = JsonNode.Parse(Body)!;
            return (int)problem["status"]! != Status ? "another status inside"
                : !Codes.Contains((string)problem["code"]!) ? "a code that nobody knows"
                : new[] { "type", "title", "detail", "trace_id" }.FirstOrDefault(name => string.IsNullOrEmpty((string?)problem[name])) is { } missing ? $"no {missing}"
                : null;
        }
        catch (JsonException)
        {
            return "no JSON";
        }
    }
}
