using System.Text;

namespace Gantral.Abstractions.Vocabulary;

/// <summary>
/// The spelling of an enumeration outside C#: <c>WaitingForHuman</c> is <c>WAITING_FOR_HUMAN</c>, and lower case where
/// the type says <see cref="LowerCaseNamesAttribute"/>. Member names are therefore part of the frozen format.
/// </summary>
public static class WireName
{
    /// <summary>The spelling of <paramref name="value"/>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.Texts[IndexOf(value)];

    /// <summary>The spelling of <paramref name="value"/> as UTF-8.</summary>
    public static ReadOnlySpan<byte> Utf8Of<T>(T value) where T : struct, Enum => Names<T>.Utf8[IndexOf(value)];

    /// <summary>Every spelling of the type, in the order of its values.</summary>
    public static IReadOnlyList<string> All<T>() where T : struct, Enum => Names<T>.Texts;

    /// <summary>Reads one of the spellings, exactly.</summary>
    public static bool TryParse<T>(ReadOnlySpan<byte> utf8, out T value) where T : struct, Enum
    {
        var names = Names<T>.Utf8;
        for (var i = 0; i < names.Length; i++)
        {
            if (utf8.SequenceEqual(names[i]))
            {
                value = Names<T>.Values[i];
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Reads one of the spellings, exactly.</summary>
    public static bool TryParse<T>(string? text, out T value) where T : struct, Enum
    {
        value = default;
        return text is not null && TryParse(Encoding.UTF8.GetBytes(text), out value);
    }

    private static int IndexOf<T>(T value) where T : struct, Enum =>
        EqualityComparer<T>.Default.Equals(value, default) ? 0 : Array.IndexOf(Names<T>.Values, value);

    private static class Names<T> where T : struct, Enum
    {
        public static readonly T[] Values = Enum.GetValues<T>();
        public static readonly string[] Texts = [.. Values.Select(value => Spell(value.ToString()))];
        public static readonly byte[][] Utf8 = [.. Texts.Select(Encoding.UTF8.GetBytes)];

        private static string Spell(string member)
        {
            var lower = typeof(T).IsDefined(typeof(LowerCaseNamesAttribute), inherit: false);
            var text = new StringBuilder();
            foreach (var letter in member)
            {
                if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
                {
                    text.Append('_');
                }

                text.Append(lower ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter));
            }

            return text.ToString();
        }
    }
}
