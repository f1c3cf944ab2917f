using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Json;

namespace Gantral.Grains.Policies;

/// <summary>The paths that a policy's rules look at, so that one pass over a context finds all of them.</summary>
internal sealed class ContextPaths
{
    private readonly Branch _root = new();
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    public ContextPaths(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (_slots.TryAdd(path, _slots.Count))
            {
                Grow(path);
            }
        }
    }

    /// <summary>Where <see cref="Read"/> puts the value at a path.</summary>
    public int SlotOf(string path) => _slots[path];

    /// <summary>The values at all paths; an empty one is missing.</summary>
    public ReadOnlySpan<ReadOnlyMemory<byte>> Read(CanonicalBytes context)
    {
        var values = new ReadOnlyMemory<byte>[_slots.Count];
        if (values.Length > 0)
        {
            Collect(context.Memory, _root, values);
        }

        return values;
    }

    private static void Collect(ReadOnlyMemory<byte> json, Branch branch, ReadOnlyMemory<byte>[] values)
    {
        var reader = new CanonicalReader(json.Span);
        if (!reader.Read() || reader.Token != JsonToken.BeginObject)
        {
            return;
        }

        while (reader.Read() && reader.Token == JsonToken.Name)
        {
            var next = branch.Find(reader.Raw);
            if (!reader.TrySkip(out var value))
            {
                break;
            }

            if (next is not null)
            {
                var found = json.Slice(reader.Position - value.Length, value.Length);
                if (next.Slot is { } slot)
                {
                    values[slot] = found;
                }

                if (next.HasBranches)
                {
                    Collect(found, next, values);
                }
            }
        }

        // Half a context must not be judged as if the rest were missing.
        if (reader.HasFault)
        {
            throw new FormatException($"The context cannot be read: {reader.Fault.Message}");
        }
    }

    private void Grow(string path)
    {
        var branch = _root;
        foreach (var name in path.Split('.'))
        {
            branch = branch.Grow(name);
        }

        branch.Slot = _slots[path];
    }

    /// <summary>One name on a path, and what follows it.</summary>
    private sealed class Branch
    {
        private readonly List<KeyValuePair<byte[], Branch>> _next = [];

        public int? Slot { get; set; }

        public bool HasBranches => _next.Count > 0;

        public Branch? Find(ReadOnlySpan<byte> name)
        {
            foreach (var (known, branch) in _next)
            {
                if (name.SequenceEqual(known))
                {
                    return branch;
                }
            }

            return null;
        }

        public Branch Grow(string name)
        {
            // As the name stands between quotes in a canonical text: compared there without reading escapes.
            var json = new CanonicalWriter();
            json.String(name);
            var written = json.Written[1..^1].ToArray();
            if (Find(written) is { } known)
            {
                return known;
            }

            var branch = new Branch();
            _next.Add(new(written, branch));
            return branch;
        }
    }
}
