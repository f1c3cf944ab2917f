using Gantral.Evidence.Json;

namespace Gantral.Grains.Definitions;

/// <summary>The fields of an object of a definition. What nobody asked for in the end is a fault.</summary>
internal sealed class DefinitionFields
{
    private readonly DefinitionNode _owner;
    private readonly List<KeyValuePair<string, DefinitionNode>> _left = [];

    public DefinitionFields(DefinitionNode owner)
    {
        _owner = owner;
        var reader = new CanonicalReader(owner.Json.Span);
        if (!reader.Read() || reader.Token != JsonToken.BeginObject)
        {
            return;
        }

        while (reader.Read() && reader.Token == JsonToken.Name)
        {
            var name = reader.GetString();
            reader.TrySkip(out var value);
            _left.Add(new(name, new DefinitionNode(owner.Faults, Under(name), owner.Json.Slice(reader.Position - value.Length, value.Length))));
        }
    }

    /// <summary>A field, if it is there.</summary>
    public DefinitionNode? Optional(string name)
    {
        var index = _left.FindIndex(field => field.Key == name);
        if (index < 0)
        {
            return null;
        }

        var found = _left[index].Value;
        _left.RemoveAt(index);
        return found;
    }

    /// <summary>A field that must be there.</summary>
    public DefinitionNode Required(string name)
    {
        if (Optional(name) is { } found)
        {
            return found;
        }

        _owner.Faults.Add(Under(name), "is missing");
        return new DefinitionNode(_owner.Faults, Under(name), default);
    }

    /// <summary>All that is left, whatever its names.</summary>
    public IReadOnlyList<KeyValuePair<string, DefinitionNode>> Rest()
    {
        KeyValuePair<string, DefinitionNode>[] rest = [.. _left];
        _left.Clear();
        return rest;
    }

    /// <summary>Ends the object: no field may be left.</summary>
    public void End()
    {
        foreach (var (_, unknown) in _left)
        {
            unknown.Fail("is not a field that is known here");
        }
    }

    private string Under(string name) => _owner.Path.Length == 0 ? name : $"{_owner.Path}.{name}";
}
