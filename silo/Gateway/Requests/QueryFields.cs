using System.Collections.Immutable;
using System.Globalization;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Reference;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>The query of a request, of which only what its operation describes has come this far, each once. The first fault is kept.</summary>
internal class QueryFields(ApiRequest request)
{
    private readonly IQueryCollection _query = request.Http.Query;
    private string? _fault;

    /// <summary>The refusal of a parameter that an operation does not describe, or that is given twice.</summary>
    public static Refusal? Unknown(HttpRequest request, ImmutableArray<Parameter> known)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!known.Any(parameter => parameter.Name == name))
            {
                return Unread($"'{(name.Length > 50 ? $"{name[..50]}…" : name)}' is not a parameter of this request; it knows {(known.IsEmpty ? "none" : string.Join(", ", known.Select(parameter => parameter.Name)))}");
            }

            if (values.Count != 1)
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
