using System.Globalization;
using System.Text;

namespace Gantral.Cli.Terminal;

/// <summary>Text from a file that nobody trusts yet, made safe to show on a terminal.</summary>
internal static class Printable
{
    private const int Longest = 400;

    /// <summary>The text on one line, with whatever could steer a terminal or reorder the line spelled out, and not too long.</summary>
    public static string Text(string text) => Write(text, Longest);

    /// <summary>The same, however long: for what somebody is to see all of.</summary>
    public static string Whole(string text) => Write(text, int.MaxValue);

    private static string Write(string text, int longest)
    {
        var shown = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= longest)
            {
                return shown.Append('…').ToString();
            }

            if (IsHarmless(rune))
            {
                shown.Append(rune);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
        }

        return shown.ToString();
    }

    // Format characters turn the direction of a line or hide in it.
    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
