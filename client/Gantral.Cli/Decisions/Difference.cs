using System.Text.Json.Nodes;
using Gantral.Abstractions.Evidence;
using Gantral.Cli.Instances;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Decisions;

/// <summary>A place at which two JSON values are not the same; null where one of them has nothing.</summary>
internal sealed record Difference(string Path, string? Before, string? After)
{
    /// <summary>Every such place, in the order of the names.</summary>
    public static IEnumerable<Difference> Between(CanonicalBytes before, CanonicalBytes after) => Between("", JsonNode.Parse(before.Span), JsonNode.Parse(after.Span));

    /// <summary>Prints what changes.</summary>
    public static void Print(TextWriter output, CanonicalBytes before, CanonicalBytes after, Colour colour)
    {
        foreach (var one in Between(before, after))
        {
            if (one.Before is not null)
            {
                output.WriteLine(colour.Bad($"    - {Printable.Whole($"{one.Path}: {one.Before}")}"));
            }

            if (one.After is not null)
            {
                output.WriteLine(colour.Good($"    + {Printable.Whole($"{one.Path}: {one.After}")}"));
            }
        }
    }

    private static IEnumerable<Difference> Between(string path, JsonNode? before, JsonNode? after)
    {
        if (before is JsonObject left && after is JsonObject right)
        {
            var names = left.Select(member => member.Key).Union(right.Select(member => member.Key)).Order(StringComparer.Ordinal);
            return names.SelectMany(name => Member(path.Length == 0 ? name : $"{path}.{name}", left, right, name));
        }

        if (before is JsonArray first && after is JsonArray second && first.Count == second.Count)
        {
            return first.Zip(second).SelectMany((pair, i) => Between($"{path}[{i}]", pair.First, pair.Second));
        }

        return JsonNode.DeepEquals(before, after) ? [] : [new Difference(path, Text(before), Text(after))];
    }

    // A member that is null is there.
    private static IEnumerable<Difference> Member(string path, JsonObject left, JsonObject right, string name) =>
        (left.TryGetPropertyValue(name, out var before), right.TryGetPropertyValue(name, out var after)) switch
        {
            (true, true) => Between(path, before, after),
            (true, false) => [new Difference(path, Text(before), null)],
            _ => [new Difference(path, null, Text(after))],
        };

    private static string Text(JsonNode? value) => value is null ? "null" : Snapshot.Canonical(value).ToString();
}
