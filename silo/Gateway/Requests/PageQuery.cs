using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Gantral.Abstractions.Refusals;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>The query of a list: <c>limit</c>, <c>cursor</c> and the filters that the list knows; nothing else, and each once.</summary>
internal sealed class PageQuery
{
    private const int UsualLimit = 50;
    private const int GreatestLimit = 200;
    private readonly IQueryCollection _query;
    private string? _fault;

    public PageQuery(HttpRequest request, params ReadOnlySpan<string> filters)
    {
        _query = request.Query;
        foreach (var (name, values) in _query)
        {
            if (name is not ("limit" or "cursor") && !filters.Contains(name))
            {
                Fail($"'{(name.Length > 50 ? $"{name[..50]}…" : name)}' is not a parameter of this list; it knows limit, cursor{string.Concat(filters.ToArray().Select(filter => $", {filter}"))}");
            }
            else if (values.Count != 1)
            {
                Fail($"'{name}' is given {values.Count} times; give it once");
            }
        }

        Limit = ReadLimit();
    }

    /// <summary>How many are wanted.</summary>
    public int Limit { get; }

    /// <summary>The first fault.</summary>
    public Refusal? Fault() => _fault is null ? null : new Refusal(RefusalCode.InvalidBody, $"The query cannot be read: {_fault}.");

    /// <summary>A filter, if it is given.</summary>
    public string? Filter(string name) => _query[name] is [{ Length: > 0 } value] ? value : null;

    /// <summary>Says what is wrong with the query.</summary>
    public void Fail(string fault) => _fault ??= fault;

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
