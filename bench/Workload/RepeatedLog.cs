using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Log;

namespace Gantral.Bench.Workload;

/// <summary>Writes the export of a log of any size: typical lives again and again, each of its own instance, many at a time.</summary>
internal sealed class RepeatedLog(TypicalLives lives)
{
    private const int AtATime = 512;

    private readonly ImmutableArray<LifeTemplate> _templates = [.. lives.Lives.Select(life => new LifeTemplate(life))];

    /// <summary>Writes at least so many entries, and says how many and how long they are.</summary>
    public (long Entries, long EntryBytes) Write(string path, long atLeast)
    {
        var beginning = lives.Beginning.ToList();
        var (entries, instances) = ((long)beginning.Count, 0L);
        for (; entries < atLeast; instances++)
        {
            entries += Template(instances).Length;
        }

        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1024 * 1024 });
        var header = new BundleHeader
        {
            Origin = lives.Log.Origin,
            Scope = BundleScope.Log,
            To = entries,
            Counts = ImmutableSortedDictionary<LineKind, long>.Empty.Add(LineKind.Entry, entries).Add(LineKind.Checkpoint, 1),
        };
        WriteLine(file, header.ToLine());
        var (tree, bytes) = (new Frontier(), 0L);
        foreach (var entry in beginning)
        {
            WriteLine(file, BundleLines.Entry(tree.Size, entry.Bytes));
            tree.Append(entry.Hash);
            bytes += entry.Bytes.Span.Length;
        }

        bytes += WriteInstances(file, tree, instances);
        WriteLine(file, BundleLines.Checkpoint(lives.Log.Sign(new Checkpoint(lives.Log.Origin, tree.Size, tree.Root(), lives.Log.Now))));
        return (entries, bytes);
    }

    private LifeTemplate Template(long instance) => _templates[(int)(instance % _templates.Length)];

    private long WriteInstances(FileStream file, Frontier tree, long instances)
    {
        var alive = new List<(long Instance, int Next, Digest Previous)>();
        var (begun, bytes) = (0L, 0L);
        while (begun < instances || alive.Count > 0)
        {
            while (alive.Count < AtATime && begun < instances)
            {
                alive.Add((begun++, 0, Digest.Zero));
            }

            // One entry of each in turn: the entries of an instance lie far apart, as they do where many are at work.
            for (var i = 0; i < alive.Count; i++)
            {
                var (instance, next, previous) = alive[i];
                var entry = Template(instance).Entry(next, instance, previous);
                var hash = TreeHash.Leaf(entry);
                WriteEntry(file, entry, tree.Size);
                tree.Append(hash);
                bytes += entry.Length;
                alive[i] = (instance, next + 1, hash);
            }

            alive.RemoveAll(life => life.Next == Template(life.Instance).Length);
        }

        return bytes;
    }

    private static void WriteEntry(FileStream file, ReadOnlySpan<byte> entry, long position)
    {
        file.Write("{\"entry\":"u8);
        file.Write(entry);
        file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"kind\":\"entry\",\"position\":{position}}}\n")));
    }

    private static void WriteLine(FileStream file, byte[] line)
    {
        file.Write(line);
        file.WriteByte((byte)'\n');
    }
}
