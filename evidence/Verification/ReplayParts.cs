using System.Buffers.Binary;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;

namespace Gantral.Evidence.Verification;

/// <summary>
/// Replays every subject of a log in bounded memory. A small log is replayed while it is read; a large one is first
/// dealt out by subject into parts on disk, each small enough to be replayed in memory, one after the other.
/// </summary>
internal sealed class ReplayParts : IDisposable
{
    private const int MostParts = 256;
    private const int BufferSize = 32 * 1024;

    private readonly GoverningIndex _governing = new();
    private readonly SubjectReplays _inline;
    private readonly FileStream[] _files;
    private readonly long _promised;
    private string _origin = "";
    private long _taken;

    public ReplayParts(VerifierOptions options, long promised)
    {
        _promised = promised;
        _inline = new SubjectReplays(_governing);
        var parts = (int)Math.Min(MostParts, promised / options.EntriesPerPart + 1);
        _files = parts == 1 ? [] : [.. Enumerable.Range(0, parts).Select(_ => Open(options.PartsFolder))];
    }

    /// <summary>What governs the instances of the log.</summary>
    public GoverningIndex Governing => _governing;

    /// <summary>Takes the next entry of the log.</summary>
    public void Take(LocatedEntry located, ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (++_taken > _promised)
        {
            // The header decides how memory is shared out; more than it promises is not held.
            return;
        }

        _origin = located.Origin;
        if (_files.Length == 0)
        {
            _inline.Take(located, findings);
            return;
        }

        if (located.Entry.Subject.Type != SubjectType.Instance)
        {
            _governing.Take(located, findings);
        }

        Span<byte> head = stackalloc byte[12 + Digest.Size];
        BinaryPrimitives.WriteInt64LittleEndian(head, located.Position);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], bytes.Length);
        located.Hash.CopyTo(head[12..]);
        var part = _files[PartOf(located.Entry.Subject)];
        part.Write(head);
        part.Write(bytes);
    }

    /// <summary>Replays what was taken.</summary>
    /// <param name="whole">Whether the log shows that nothing follows.</param>
    /// <param name="findings">Takes what was found.</param>
    /// <param name="each">Is told of every instance.</param>
    public void Replay(bool whole, Findings findings, Action<InstanceReport> each)
    {
        if (_files.Length == 0)
        {
            _inline.Finish(whole, findings, each);
            return;
        }

        var bytes = new byte[64 * 1024];
        foreach (var part in _files)
        {
            var replays = new SubjectReplays(_governing) { TakesGoverning = false };
            part.Position = 0;
            while (TryRead(part, ref bytes, out var located))
            {
                replays.Take(located, findings);
            }

            replays.Finish(whole, findings, each);
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private bool TryRead(FileStream part, ref byte[] bytes, out LocatedEntry located)
    {
        located = default;
        Span<byte> head = stackalloc byte[12 + Digest.Size];
        if (part.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        if (bytes.Length < length)
        {
            bytes = new byte[length];
        }

        part.ReadExactly(bytes, 0, length);
        located = new LocatedEntry(EntryReader.Read(bytes.AsSpan(0, length)), new Digest(head[12..]), _origin, BinaryPrimitives.ReadInt64LittleEndian(head));
        return true;
    }

    // FNV-1a over the id: the same subject always falls into the same part, on every machine.
    private int PartOf(Subject subject)
    {
        var hash = 2166136261u ^ (uint)subject.Type;
        foreach (var letter in subject.Id)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return (int)(hash % (uint)_files.Length);
    }

    private static FileStream Open(string folder) => new(
        Path.Combine(folder, $"gantral-verify-{Guid.NewGuid():N}"),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferSize,
            Options = FileOptions.DeleteOnClose,
        });
}
