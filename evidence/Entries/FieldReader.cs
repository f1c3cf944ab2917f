using System.Globalization;
using System.Text;
using System.Xml;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Entries;

/// <summary>
/// Reads the fields of canonical objects in the one order they can have. Because names ascend and every known name is
/// asked for in turn, an unknown, missing, repeated or misplaced field shows itself without a table of what was seen.
/// The first fault stops everything; after it every answer is empty.
/// </summary>
internal ref partial struct FieldReader
{
    private CanonicalReader _json;
    private bool _onName;

    public FieldReader(ReadOnlySpan<byte> canonical, JsonLimits? limits = null) => _json = new CanonicalReader(canonical, limits);

    /// <summary>A text field of the outermost object, whatever else the object holds.</summary>
    public static string? Peek(ReadOnlySpan<byte> canonical, ReadOnlySpan<byte> name)
    {
        var json = new CanonicalReader(canonical);
        if (!json.Read() || json.Token != JsonToken.BeginObject)
        {
            return null;
        }

        while (json.Read() && json.Token == JsonToken.Name)
        {
            if (json.ValueEquals(name))
            {
                return json.Read() && json.Token == JsonToken.String ? json.GetString() : null;
            }

            if (!json.TrySkip(out _))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>What is wrong, or nothing so far.</summary>
    public string? Fault { get; private set; }

    /// <summary>Begins the outermost object.</summary>
    public void Open()
    {
        Expect(JsonToken.BeginObject);
        Advance();
    }

    /// <summary>Begins an object that is a field, if the field is there.</summary>
    public bool Begin(ReadOnlySpan<byte> name)
    {
        if (!At(name))
        {
            return false;
        }

        Expect(JsonToken.BeginObject);
        Advance();
        return Fault is null;
    }

    /// <summary>Ends an object: no field may be left.</summary>
    public void End()
    {
        if (Fault is null && _json.Token != JsonToken.EndObject)
        {
            Fail($"it has a field that the format does not know, or one out of place: {Name()}");
        }

        Advance();
    }

    /// <summary>Ends the outermost object: nothing may follow.</summary>
    public void Close()
    {
        if (Fault is null && _json.Token != JsonToken.EndObject)
        {
            Fail($"it has a field that the format does not know, or one out of place: {Name()}");
        }

        if (Fault is null && (_json.Read() || _json.HasFault))
        {
            Fail(_json.HasFault ? _json.Fault.Message : "something follows its end");
        }
    }

    public string? Text(ReadOnlySpan<byte> name)
    {
        if (!At(name) || !Expect(JsonToken.String))
        {
            return null;
        }

        var text = _json.Raw.Contains((byte)'\\') ? _json.GetString() : TextCache.OfThread.Get(_json.Raw);
        Advance();
        return text;
    }

    public Digest? Hash(ReadOnlySpan<byte> name)
    {
        if (!At(name) || !Expect(JsonToken.String))
        {
            return null;
        }

        if (!Digest.TryParse(_json.Raw, out var hash))
        {
            return FailValue<Digest>(name, "a hash of 64 lower-case hexadecimal digits");
        }

        Advance();
        return hash;
    }

    public long? Integer(ReadOnlySpan<byte> name)
    {
        if (!At(name) || !Expect(JsonToken.Number))
        {
            return null;
        }

        if (!_json.TryGetInt64(out var number) || number < 0)
        {
            return FailValue<long>(name, "a whole number, not negative");
        }

        Advance();
        return number;
    }

    public bool? Flag(ReadOnlySpan<byte> name)
    {
        if (!At(name))
        {
            return null;
        }

        Read();
        if (Fault is null && _json.Token is not (JsonToken.True or JsonToken.False))
        {
            return FailValue<bool>(name, "true or false");
        }

        var flag = _json.Token == JsonToken.True;
        Advance();
        return Fault is null ? flag : null;
    }

    public T? Enum<T>(ReadOnlySpan<byte> name) where T : struct, Enum
    {
        if (!At(name) || !Expect(JsonToken.String))
        {
            return null;
        }

        if (!WireName.TryParse<T>(_json.Raw, out var value))
        {
            return FailValue<T>(name, $"one of {string.Join(", ", WireName.All<T>())}");
        }

        Advance();
        return value;
    }

    public Instant? Time(ReadOnlySpan<byte> name)
    {
        if (!At(name) || !Expect(JsonToken.String))
        {
            return null;
        }

        if (!Instant.TryParse(_json.Raw, out var instant))
        {
            return FailValue<Instant>(name, "a UTC time such as 2026-01-02T03:04:05.678Z");
        }

        Advance();
        return instant;
    }

    public Guid? Id(ReadOnlySpan<byte> name)
    {
        var text = Text(name);
        if (text is null)
        {
            return null;
        }

        return Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text ? id : FailValue<Guid>(name, "a lower-case UUID");
    }

    public TimeSpan? Duration(ReadOnlySpan<byte> name)
    {
        var text = Text(name);
        if (text is null)
        {
            return null;
        }

        return TryReadDuration(text, out var span) ? span : FailValue<TimeSpan>(name, "an ISO 8601 duration in its shortest form");
    }

    /// <summary>Takes the exact bytes of a field's value, checked to be canonical and not read further.</summary>
    public bool Raw(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!At(name))
        {
            return false;
        }

        if (!_json.TrySkip(out value))
        {
            Fail(_json.Fault.Message);
            return false;
        }

        Advance();
        return Fault is null;
    }

    /// <summary>Begins the object that is the next field, whatever its name.</summary>
    public bool TryBeginAny(out string name)
    {
        name = "";
        if (Fault is not null || !_onName)
        {
            return false;
        }

        name = _json.GetString();
        Expect(JsonToken.BeginObject);
        Advance();
        return Fault is null;
    }

    /// <summary>Says that a field which must be there was not.</summary>
    public T Required<T>(T? value, string name) where T : struct
    {
        if (value is null && Fault is null)
        {
            Fail($"{name} is missing");
        }

        return value ?? default;
    }

    /// <summary>Says that a field which must be there was not.</summary>
    public string Required(string? value, string name)
    {
        if (value is null && Fault is null)
        {
            Fail($"{name} is missing");
        }

        return value ?? "";
    }

    /// <summary>Records the first fault.</summary>
    public void Fail(string fault) => Fault ??= fault;

    internal static bool TryReadDuration(string text, out TimeSpan span)
    {
        span = default;
        try
        {
            span = XmlConvert.ToTimeSpan(text);
            return span > TimeSpan.Zero && XmlConvert.ToString(span) == text;
        }
        catch (Exception refused) when (refused is FormatException or OverflowException)
        {
            return false;
        }
    }

    private readonly bool At(ReadOnlySpan<byte> name) => Fault is null && _onName && _json.ValueEquals(name);

    private bool Expect(JsonToken token)
    {
        Read();
        if (Fault is null && _json.Token != token)
        {
            Fail(string.Create(CultureInfo.InvariantCulture, $"a {_json.Token} stands where a {token} belongs"));
        }

        return Fault is null;
    }

    private bool Read()
    {
        if (Fault is null && !_json.Read())
        {
            Fail(_json.HasFault ? _json.Fault.Message : "it ends too early");
        }

        return Fault is null;
    }

    private void Advance()
    {
        Read();
        _onName = Fault is null && _json.Token == JsonToken.Name;
    }

    private readonly string Name() => _onName ? _json.GetString() : _json.Token.ToString();

    private T? FailValue<T>(ReadOnlySpan<byte> name, string expected) where T : struct
    {
        Fail($"{Encoding.UTF8.GetString(name)} is not {expected}");
        return null;
    }
}
