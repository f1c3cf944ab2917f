using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Grains.Authority;

namespace Gantral.Grains.Tests;

/// <summary>A ruling in a line: its events in order, and after an exclamation mark the code of its refusal.</summary>
internal static class Said
{
    /// <summary>Neither an event nor a refusal.</summary>
    public const string Nothing = "-";

    public static string Of(Ruling ruling)
    {
        var words = ruling.Entries.Select(Of);
        if (ruling.Refusal is { } refusal)
        {
            words = words.Append($"!{WireName.Of(refusal.Code)}");
        }

        var text = string.Join(' ', words);
        return text.Length == 0 ? Nothing : text;
    }

    private static string Of(SealedEntry sealedEntry)
    {
        var entry = sealedEntry.Entry;
        return entry.Reason is { } reason ? $"{WireName.Of(entry.Type)}({WireName.Of(reason)})" : WireName.Of(entry.Type);
    }
}
