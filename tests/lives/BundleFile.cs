using System.Collections.Immutable;
using Gantral.Evidence.Bundles;

namespace Gantral.Lives;

/// <summary>The lines of a bundle, before they become a file: they can still be dropped, repeated and swapped.</summary>
public sealed class BundleFile
{
    /// <summary>The lines but for the header.</summary>
    public List<(LineKind Kind, byte[] Bytes)> Lines { get; } = [];

    /// <summary>The log.</summary>
    public required string Origin { get; init; }

    /// <summary>What the file shows.</summary>
    public required BundleScope Scope { get; init; }

    /// <summary>Which instance.</summary>
    public string? InstanceId { get; init; }

    /// <summary>From which position.</summary>
    public long? From { get; init; }

    /// <summary>To which.</summary>
    public long? To { get; init; }

    /// <summary>Adds a line.</summary>
    public BundleFile Add(LineKind kind, byte[] line)
    {
        Lines.Add((kind, line));
        return this;
    }

    /// <summary>The header that promises exactly the lines that are there.</summary>
    public BundleHeader Header() => new()
    {
        Origin = Origin,
        Scope = Scope,
        InstanceId = InstanceId,
        From = From,
        To = To,
        Counts = Lines.GroupBy(line => line.Kind).ToImmutableSortedDictionary(group => group.Key, group => (long)group.Count()),
    };

    /// <summary>The file.</summary>
    public byte[] ToBytes() => Join([Header().ToLine(), .. Lines.Select(line => line.Bytes)]);

    /// <summary>Lines, each with its end.</summary>
    public static byte[] Join(IEnumerable<byte[]> lines)
    {
        using var file = new MemoryStream();
        foreach (var line in lines)
        {
            file.Write(line);
            file.WriteByte((byte)'\n');
        }

        return file.ToArray();
    }
}
