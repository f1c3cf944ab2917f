using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;
using Gantral.Silo.Json;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>
/// The fields of a body, read by name and type. The first fault is kept and every answer after it is empty;
/// <see cref="End"/> says it, so nobody may act on what was read before asking.
/// </summary>
internal sealed partial class BodyFields
{
    private static readonly CanonicalBytes EmptyObject = CanonicalJson.Canonicalize("{}"u8);
    private readonly JsonFields? _fields;
    private string? _fault;

    /// <summary>A definition as its author wrote it: the body without what it says about itself.</summary>
    public static CanonicalBytes Definition(CanonicalBytes body)
    {
        var fields = JsonFields.Of(body)!;
        return fields.Take(OwningTeam.Field) is null ? body : fields.Rest();
    }

    /// <summary>Starts on a body.</summary>
    public BodyFields(CanonicalBytes body)
    {
        _fields = JsonFields.Of(body);
        if (_fields is null)
        {
            _fault = "The body must be a JSON object.";
        }
    }

    /// <summary>A name that must be there: of a workflow, a role, a step.</summary>
    public string Name(string field) => OptionalName(field) ?? Missing(field, "a text");

    /// <summary>A name, if it is there.</summary>
    public string? OptionalName(string field)
    {
        var text = OptionalText(field);
        if (text is not null && !PlainName.Is(text))
        {
            Fail(field, $"must be a name of 1 to {PlainName.Longest} characters without control characters");
        }

        return text;
    }

    /// <summary>Half of the id of a version, which is both halves with an @ between.</summary>
    public string IdPart(string field)
    {
        var name = Name(field);
        if (name.Contains('@', StringComparison.Ordinal))
        {
            Fail(field, "must not contain @, which separates an id from its version");
        }

        return name;
    }

    /// <summary>A text of any length that must be there.</summary>
    public string Text(string field) => Text(field, "a text");

    /// <summary>A text of any length, if it is there.</summary>
    public string? OptionalText(string field) => Take(field) is { } value ? value.Text() ?? Wrong(field, "a text") : null;

    /// <summary>An object, or one without fields if it is not there.</summary>
    public CanonicalBytes ObjectOrEmpty(string field) => OptionalObject(field) ?? EmptyObject;

    /// <summary>An object, if it is there.</summary>
    public CanonicalBytes? OptionalObject(string field)
    {
        if (Take(field) is not { } value)
        {
            return null;
        }

        if (value.IsObject)
        {
            return value.Canonical();
        }

        Wrong(field, "an object");
        return null;
    }

    /// <summary>True or false; <paramref name="otherwise"/> if it is not there.</summary>
    public bool Flag(string field, bool otherwise)
    {
        if (Take(field) is not { } value)
        {
            return otherwise;
        }

        if (value.Flag() is not { } flag)
        {
            Wrong(field, "true or false");
            return otherwise;
        }

        return flag;
    }

    /// <summary>An id of an object that was created here.</summary>
    public Guid Id(string field)
    {
        if (Guid.TryParseExact(Text(field, "a UUID"), "D", out var id))
        {
            return id;
        }

        Wrong(field, "a UUID");
        return default;
    }

    /// <summary>A SHA-256 hash.</summary>
    public Digest Hash(string field)
    {
        if (Digest.TryParse(Encoding.UTF8.GetBytes(Text(field, "a hash")), out var hash))
        {
            return hash;
        }

        Wrong(field, "a hash of 64 lower-case hexadecimal digits");
        return default;
    }

    /// <summary>One of the words that an enumeration has.</summary>
    public T Word<T>(string field) where T : struct, Enum
    {
        var words = $"one of {string.Join(", ", WireName.All<T>())}";
        if (WireName.TryParse<T>(Text(field, words), out var word))
        {
            return word;
        }

        Wrong(field, words);
        return default;
    }

    /// <summary>Ends the reading where the rest is for somebody else to judge.</summary>
    public Refusal? Fault() => _fault is null ? null : new Refusal(RefusalCode.InvalidBody, _fault);

    /// <summary>Ends the reading: the first fault, a field that nobody knows among them.</summary>
    public Refusal? End()
    {
        if (_fields?.FirstLeft is { } unknown)
        {
            Fail(unknown, "is not a field of this request; check its spelling or leave it out");
        }

        return Fault();
    }

    /// <summary>Says what is wrong with a field.</summary>
    public void Fail(string field, string fault) => _fault ??= $"{Pointer(field)} {fault}.";

    private string Text(string field, string expected) => OptionalText(field) ?? Missing(field, expected);

    // Null is how some languages write a field that is not there.
    private JsonValue? Take(string field) => _fields?.Take(field) is { IsNull: false } value ? value : null;

    private string Missing(string field, string expected)
    {
        Fail(field, $"is missing; send {expected}");
        return "";
    }

    private string Wrong(string field, string expected)
    {
        Fail(field, $"must be {expected}");
        return "";
    }

    // A name may be as long as a body; the sentence about it may not.
    private static string Pointer(string field)
    {
        var name = string.Concat(field.EnumerateRunes().Take(PlainName.Longest).Select(rune => rune.ToString()));
        return $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }
}
