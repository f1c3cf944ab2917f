using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>The query of a list: <c>limit</c>, <c>cursor</c> and the filters that the list knows.</summary>
internal sealed class PageQuery : QueryFields
{
    public const int UsualLimit = 50;
    public const int GreatestLimit = 200;

    public PageQuery(ApiRequest request)
        : base(request) => Limit = ReadLimit();

    /// <summary>How many are wanted.</summary>
    public int Limit { get; }

    /// <summary>What the page before ended with, as it was put into <see cref="CursorOf"/>.</summary>
    public string? Cursor()
    {
        if (Filter("cursor") is not { } cursor)
        {
            return null;
        }

        var bytes = new byte[cursor.Length];
        if (cursor.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            && cursor.Length % 4 != 1
            && Base64Url.DecodeFromChars(cursor, bytes, out _, out var length) == OperationStatus.Done)
        {
            return Encoding.UTF8.GetString(bytes, 0, length);
        }

        BadCursor();
        return null;
    }

    /// <summary>The id that the page before ended with.</summary>
    public Guid? IdCursor()
    {
        if (Cursor() is not { } cursor)
        {
            return null;
        }

        if (!Guid.TryParseExact(cursor, "D", out var id))
        {
            BadCursor();
        }

        return id;
    }

    /// <summary>Says that the cursor is none of ours.</summary>
    public void BadCursor() => Fail("the cursor is none that this list gave; send next_cursor as it was, or none to begin");

    /// <summary>An opaque cursor.</summary>
    public static string CursorOf(string last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last));

    private int ReadLimit()
    {
        if (Filter("limit") is not { } text)
        {
            return UsualLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= GreatestLimit)
        {
            return limit;
        }

        Fail($"limit must be a whole number from 1 to {GreatestLimit}");
        return UsualLimit;
    }
}
