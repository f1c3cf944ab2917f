namespace Gantral.Silo.Identity;

/// <summary>
/// Subjects of programs: exact, but for <c>*</c>, which stands for one name between <c>:</c> and <c>/</c>, and <c>**</c>
/// at the end, which stands for whatever follows. So no name that somebody chooses reaches into another part.
/// </summary>
internal sealed class SubjectPattern
{
    private readonly string[] _literals;
    private readonly bool _isOpen;

    private SubjectPattern(string text)
    {
        Text = text;
        _isOpen = text.EndsWith("**", StringComparison.Ordinal);
        _literals = (_isOpen ? text[..^2] : text).Split('*');
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern; none where it could mean anybody.</summary>
    public static SubjectPattern? Of(string text) => IsForm(text) ? new(text) : null;

    /// <summary>Whether a subject is one of these.</summary>
    public bool Matches(string subject)
    {
        var place = 0;
        for (var i = 0; i < _literals.Length; i++)
        {
            if (i > 0)
            {
                // A star stands between two ends of names, so it takes all that there is up to the next end.
                var end = subject.AsSpan(place).IndexOfAny(':', '/');
                var next = end < 0 ? subject.Length : place + end;
                if (next == place)
                {
                    return false;
                }

                place = next;
            }

            if (string.CompareOrdinal(subject, place, _literals[i], 0, _literals[i].Length) != 0)
            {
                return false;
            }

            place += _literals[i].Length;
        }

        return _isOpen ? place < subject.Length : place == subject.Length;
    }

    // It begins with something certain, and a star is a whole name.
    private static bool IsForm(string text)
    {
        if (text.Length == 0 || text[0] is '*' or ':' or '/' || text.Any(char.IsControl))
        {
            return false;
        }

        var names = text.Split(':', '/');
        return names[..^1].All(name => name == "*" || !name.Contains('*', StringComparison.Ordinal))
            && (names[^1] is "*" or "**" || !names[^1].Contains('*', StringComparison.Ordinal));
    }
}
