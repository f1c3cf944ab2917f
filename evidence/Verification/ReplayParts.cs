using System.Buffers.Binary;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;

namespace Gantral.Evidence.Verification;

/// <summary>
/// Replays every subject of a log in bounded memory. A small log is replayed while it is read; a large one is first
/// dealt out by subject into parts on disk, each small enough to be replayed in memory, one after the other.
/// </summary>
internal sealed class ReplayParts : IDisposable
{
    private const int HeadSize = 12 + Digest.Size;
    private const int MostParts = 512;
    private const int BufferSize = 8 * 1024;

    private readonly GoverningIndex _governing = new();
    private readonly SubjectReplays _inline;
    private readonly FileStream[] _files;
    private readonly long _promised;
    private string _origin = "";
    private long _taken;

    public ReplayParts(VerifierOptions options, long promised)
    {
        _promised = promised;
        _inline = new SubjectReplays(_governing, Begun);
        var parts = (int)Math.Min(MostParts, promised / options.EntriesPerPart + 1);
        _files = parts == 1 ? [] : [.. Enumerable.Range(0, parts).Select(_ => Open(options.PartsFolder))];
    }

    /// <summary>What governs the instances of the log.</summary>
    public GoverningIndex Governing => _governing;

    /// <summary>The chains that began before the first position, or in another log.</summary>
    public Dictionary<Subject, Chain> Begun { get; } = [];

    /// <summary>Whether the log is so large that it is dealt out into parts.</summary>
    public bool AreDealtOut => _files.Length > 0;

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

        Write(Encoding.UTF8.GetBytes(located.Entry.Subject.Id), bytes, located.Hash, located.Position);
    }

    /// <summary>Puts the next entry of the log, an instance's, into its part.</summary>
    public void Deal(ReadOnlySpan<byte> instanceId, ReadOnlySpan<byte> bytes, Digest hash, string origin, long position)
    {
        if (++_taken <= _promised)
        {
            _origin = origin;
            Write(instanceId, bytes, hash, position);
        }
    }

    private void Write(ReadOnlySpan<byte> subjectId, ReadOnlySpan<byte> bytes, Digest hash, long position)
    {
        Span<byte> head = stackalloc byte[HeadSize];
        BinaryPrimitives.WriteInt64LittleEndian(head, position);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], bytes.Length);
        hash.CopyTo(head[12..]);
        var part = _files[PartOf(subjectId)];
        part.Write(head);
        part.Write(bytes);
    }

    /// <summary>Replays what was taken.</summary>
    /// <param name="whole">Whether the log shows every entry that is not hidden.</param>
    /// <param name="lastHidden">The position of the last hidden one.</param>
    /// <param name="findings">Takes what was found.</param>
    /// <param name="each">Is told of every instance.</param>
    public void Replay(bool whole, long lastHidden, Findings findings, Action<InstanceReport> each)
    {
        if (_files.Length == 0)
        {
            _inline.Finish(whole, lastHidden, findings, each);
            return;
        }

        var bytes = new byte[64 * 1024];
        foreach (var part in _files)
        {
            var replays = new SubjectReplays(_governing, Begun) { TakesGoverning = false };
            part.Position = 0;
            while (TryRead(part, ref bytes, out var entry, out var hash, out var position))
            {
                Replay(replays, entry, hash, position, findings);
            }

            replays.Finish(whole, lastHidden, findings, each);
        }
    }

    private void Replay(SubjectReplays replays, ReadOnlySpan<byte> bytes, Digest hash, long position, Findings findings)
    {
        if (EntryReader.TryRead(bytes, out var entry, out var fault))
        {
            replays.Take(new LocatedEntry(entry, hash, _origin, position), findings);
        }
        else
        {
            findings.Add(fault.UnknownFormat ? FindingCode.UnknownFormat : FindingCode.MalformedEntry, $"the entry at position {position}: {fault.Reason}");
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private static bool TryRead(FileStream part, ref byte[] bytes, out ReadOnlySpan<byte> entry, out Digest hash, out long position)
    {
        entry = default;
        hash = default;
        position = 0;
        Span<byte> head = stackalloc byte[HeadSize];
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
        entry = bytes.AsSpan(0, length);
        hash = new Digest(head[12..]);
        position = BinaryPrimitives.ReadInt64LittleEndian(head);
        return true;
    }

    // FNV-1a over the id: the same subject always falls into the same part, on every machine.
    private int PartOf(ReadOnlySpan<byte> subjectId)
    {
        var hash = 2166136261u;
        foreach (var letter in subjectId)
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
