using System.Text.Json;
using System.Text.Json.Nodes;
using Gantral.Cli.Instances;
using Gantral.Cli.Terminal;
using Gantral.Cli.Verify;
using Gantral.Evidence.Json;

namespace Gantral.Cli.Apply;

/// <summary>Reads definitions from files and folders; nothing is sent before all of them can be read.</summary>
internal static class DefinitionFiles
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Every definition, in the order in which they can be registered.</summary>
    public static IReadOnlyList<Definition> Read(IEnumerable<string> paths)
    {
        var read = paths.SelectMany(FilesOf).SelectMany(ReadFile).ToList();
        var twice = read.GroupBy(one => one.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw Wrong($"{twice.Key} is there twice: in {Printable.Text(string.Join(" and ", twice.Select(one => one.File)))}. Keep one of them.");
        }

        var policies = read.Where(one => one.Kind == DefinitionKind.Policy).ToDictionary(one => $"{one.Id}@{one.Version}", StringComparer.Ordinal);
        return [.. read.OrderBy(one => one.Kind).ThenBy(one => Depth(one, policies, policies.Count))];
    }

    // Those that a policy is made of come before it. One that goes in a ring is refused by the server.
    private static int Depth(Definition one, Dictionary<string, Definition> policies, int most) =>
        most == 0 ? 0 : one.Members.Where(policies.ContainsKey).Select(member => 1 + Depth(policies[member], policies, most - 1)).DefaultIfEmpty(0).Max();

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        var files = Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw Wrong($"The folder {Printable.Text(path)} holds no file that ends in .json.");
    }

    private static IEnumerable<Definition> ReadFile(string path)
    {
        if (!InputFile.TryRead(path, MostBytes, out var bytes, out var fault))
        {
            throw Wrong($"{fault}.");
        }

        if (!CanonicalJson.TryCanonicalize(bytes, JsonLimits.Default, out var text, out var garbled))
        {
            throw Wrong($"{Printable.Text(path)} is no JSON that everybody reads alike: {Printable.Text(garbled.Message)} (byte {garbled.Offset}).");
        }

        return JsonNode.Parse(text.Span) switch
        {
            JsonArray several => several.Select(one => Of(one, path)).ToList(),
            var one => [Of(one, path)],
        };
    }

    private static Definition Of(JsonNode? value, string path)
    {
        if (value is JsonObject fields && Text(fields, "version") is { } version)
        {
            var body = Snapshot.Canonical(fields);
            if (Text(fields, "workflow_id") is { } workflow)
            {
                return new Definition(DefinitionKind.Workflow, workflow, version, body, path);
            }

            if (Text(fields, "policy_id") is { } policy)
            {
                return new Definition(DefinitionKind.Policy, policy, version, body, path);
            }

            if (Text(fields, "connection_id") is { } connection)
            {
                return new Definition(DefinitionKind.Connection, connection, version, body, path);
            }
        }

        throw Wrong($"{Printable.Text(path)} holds something that is no definition: each is an object with version and one of policy_id, workflow_id and connection_id.");
    }

    private static string? Text(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static CommandRefusedException Wrong(string message) => new(ExitStatus.Unusable, message);
}
