using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;

namespace Gantral.Silo.Json;

/// <summary>The members of a canonical object, by name; what has been taken is gone, so that what is left over can be refused.</summary>
internal sealed class JsonFields
{
    private readonly List<KeyValuePair<string, JsonValue>> _left;

    private JsonFields(List<KeyValuePair<string, JsonValue>> members) => _left = members;

    /// <summary>A member that nobody has taken.</summary>
    public string? FirstLeft => _left.Count > 0 ? _left[0].Key : null;

    /// <summary>The members of an object; none for another value.</summary>
    public static JsonFields? Of(CanonicalBytes text)
    {
        var reader = new CanonicalReader(text.Span);
        if (!reader.Read() || reader.Token != JsonToken.BeginObject)
        {
            return null;
        }

        var members = new List<KeyValuePair<string, JsonValue>>();
        while (reader.Read() && reader.Token == JsonToken.Name)
        {
            var name = reader.GetString();
            reader.TrySkip(out var value);
            members.Add(new(name, new JsonValue(text.Memory.Slice(reader.Position - value.Length, value.Length))));
        }

        return new JsonFields(members);
    }

    /// <summary>Whether there is a member that nobody has taken, and it says something.</summary>
    public bool Has(string name) => _left.Exists(member => member.Key == name && !member.Value.IsNull);

    /// <summary>A member, left where it is.</summary>
    public JsonValue? Find(string name)
    {
        var index = _left.FindIndex(member => member.Key == name);
        return index < 0 ? null : _left[index].Value;
    }

    /// <summary>Takes a member, if it is there.</summary>
    public JsonValue? Take(string name)
    {
        var index = _left.FindIndex(member => member.Key == name);
        if (index < 0)
        {
            return null;
        }

        var value = _left[index].Value;
        _left.RemoveAt(index);
        return value;
    }

    /// <summary>An object of whatever nobody has taken.</summary>
    public CanonicalBytes Rest()
    {
        var json = new CanonicalWriter();
        json.BeginObject();
        foreach (var (name, value) in _left)
        {
            json.Name(name);
            json.Value(value.Canonical());
        }

        json.EndObject();
        return json.ToCanonicalBytes();
    }
}
