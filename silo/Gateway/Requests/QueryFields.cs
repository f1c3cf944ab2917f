using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Reference;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>The query of a request, of which only what its operation describes has come this far. The first fault is kept.</summary>
internal class QueryFields(ApiRequest request)
{
    private readonly IQueryCollection _query = request.Http.Query;
    private string? _fault;

    /// <summary>The refusal of a parameter that an operation does not describe, or that is given twice.</summary>
    public static Refusal? Unknown(HttpRequest request, ImmutableArray<Parameter> known)
    {
        foreach (var (name, values) in request.Query)
        {
            if (known.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
            {
                return Unread($"'{(name.Length > 50 ? $"{name[..50]}…" : name)}' is not a parameter of this request; it knows {(known.IsEmpty ? "none" : string.Join(", ", known.Select(one => one.Name)))}");
            }

            if (values.Count != 1 && !parameter.IsRepeated)
            {
                return Unread($"'{name}' is given {values.Count} times; give it once");
            }
        }

        return null;
    }

    /// <summary>The first fault.</summary>
    public Refusal? Fault() => _fault is null ? null : Unread(_fault);

    /// <summary>A parameter, if it is given. One that is not described never could be.</summary>
    public string? Filter(string name) =>
        !request.Operation.Query.Any(parameter => parameter.Name == name) ? throw new InvalidOperationException($"{request.Operation.Id} does not describe its parameter {name}.")
        : _query[name] is [{ Length: > 0 } value] ? value
        : null;

    /// <summary>A name, if it is given.</summary>
    public string? Name(string name)
    {
        var value = Filter(name);
        if (value is not null && !PlainName.Is(value))
        {
            Fail($"{name} is no name");
        }

        return value;
    }

    /// <summary>One of the words that an enumeration has, if it is given.</summary>
    public T? Word<T>(string name) where T : struct, Enum
    {
        if (Filter(name) is not { } word)
        {
            return null;
        }

        if (!WireName.TryParse<T>(word, out var value))
        {
            Fail($"{name} must be one of {string.Join(", ", WireName.All<T>())}");
        }

        return value;
    }

    /// <summary>True or false; false if it is not given.</summary>
    public bool Flag(string name)
    {
        var value = Filter(name);
        if (value is not (null or "true" or "false"))
        {
            Fail($"{name} must be true or false");
        }

        return value == "true";
    }

    /// <summary>A whole number that is not negative, if it is given.</summary>
    public long? Whole(string name)
    {
        if (Filter(name) is not { } value)
        {
            return null;
        }

        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            Fail($"{name} must be a whole number, such as 0 or 1250");
        }

        return number;
    }

    /// <summary>How long to wait, if it is given; no time at all otherwise.</summary>
    public TimeSpan Wait(string name, TimeSpan longest)
    {
        if (Filter(name) is not { } value)
        {
            return TimeSpan.Zero;
        }

        if (TryReadDuration(value, out var span) && span >= TimeSpan.Zero && span <= longest)
        {
            return span;
        }

        Fail($"{name} must be a duration as ISO 8601 has it, from PT0S to {XmlConvert.ToString(longest)}, such as PT30S");
        return TimeSpan.Zero;
    }

    /// <summary>All values of a parameter that may be given several times.</summary>
    protected IReadOnlyList<string> Several(string name, int most)
    {
        string[] values = [.. _query[name].Where(value => value is { Length: > 0 })!];
        if (values.Length > most)
        {
            Fail($"'{name}' is given {values.Length} times; give it at most {most} times");
        }

        return values;
    }

    private static bool TryReadDuration(string text, out TimeSpan span)
    {
        try
        {
            // What is longer is none of the durations that are asked for here, and would only be work to read.
            span = text.Length <= 20 ? XmlConvert.ToTimeSpan(text) : TimeSpan.MinValue;
            return span != TimeSpan.MinValue;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            span = default;
            return false;
        }
    }

    /// <summary>A time, if it is given.</summary>
    public Instant? Time(string name)
    {
        if (Filter(name) is not { } value)
        {
            return null;
        }

        if (!TryReadTime(value, out var at))
        {
            Fail($"{name} must be {ATime}");
        }

        return at;
    }

    /// <summary>What a time looks like.</summary>
    public const string ATime = "a time in UTC as RFC 3339 has it, such as 2026-01-02T03:04:05Z";

    /// <summary>Reads a time in UTC, to the millisecond or less exactly.</summary>
    public static bool TryReadTime(string text, out Instant at)
    {
        var isTime = DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && date >= DateTimeOffset.UnixEpoch;
        at = isTime ? Instant.From(date) : default;
        return isTime;
    }

    /// <summary>Says what is wrong with the query.</summary>
    public void Fail(string fault) => _fault ??= fault;

    private static Refusal Unread(string fault) => new(RefusalCode.InvalidBody, $"The query cannot be read: {fault}.");
}
