using System.Text;

namespace Gantral.Client;

/// <summary>Text for an outcome's error: whole characters, and so few that it is a sentence and no log.</summary>
internal static class BoundedText
{
    // Six bytes each, if every one is written as an escape, and still below what a silo takes.
    private const int Longest = 600;

    public static string Of(string text)
    {
        var kept = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > Longest)
            {
                return kept.Append('…').ToString();
            }

            kept.Append(rune);
        }

        return kept.ToString();
    }
}
