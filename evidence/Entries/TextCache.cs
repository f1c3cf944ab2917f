using System.Text;

namespace Gantral.Evidence.Entries;

/// <summary>
/// Gives one string for texts that are read again and again: issuers, teams, roles, versions. It forgets what another
/// text displaces, so it never grows.
/// </summary>
internal sealed class TextCache
{
    private const int Slots = 1024;
    private const int LongestText = 64;

    [ThreadStatic]
    private static TextCache? Current;

    private readonly string[] _texts = [.. Enumerable.Repeat("", Slots)];

    /// <summary>The cache of this thread.</summary>
    public static TextCache OfThread => Current ??= new TextCache();

    /// <summary>The string of a text that holds no escapes.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestText)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var slot = ref _texts[Slot(utf8)];
        if (!Ascii.Equals(utf8, slot))
        {
            slot = Encoding.UTF8.GetString(utf8);
        }

        return slot;
    }

    private static int Slot(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var letter in utf8)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return (int)((hash ^ (hash >> 15)) % Slots);
    }
}
