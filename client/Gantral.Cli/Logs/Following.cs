using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Gantral.Abstractions.Evidence;
using Gantral.Cli.Verify;
using Gantral.Client;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Logs;

/// <summary>Brings a copy of a log up to its newest head: nothing is kept as verified that does not hash to a signed root.</summary>
internal sealed class Following(GantralClient client, TrustedKeys keys, int log, KeptLog copy, CancellationToken interrupted)
{
    private readonly NewestHead _newest = new(client, keys, log, interrupted);

    // Up to where this run knows entries to be there. A run before may have kept hashes only.
    private long _withEntries;

    /// <summary>Whether whole entries are kept beside the hashes.</summary>
    public required bool Entries { get; init; }

    /// <summary>Hears how many tiles of how many are there.</summary>
    public required Action<long, long> Progress { get; init; }

    /// <summary>The head that is kept, with a trusted signature; none in an empty folder.</summary>
    public NotedHead? Kept() =>
        !File.Exists(copy.CheckpointPath) ? null
            : KnownCheckpoint.TryRead(copy.CheckpointPath, keys, out var checkpoint, out var fault) ? new NotedHead(File.ReadAllBytes(copy.CheckpointPath), checkpoint)
            : throw new CommandRefusedException(ExitStatus.Unusable, fault);

    /// <summary>Goes on to the newest head and answers it. Throws <see cref="HeadRefusedException"/> when it cannot be believed; the copy is then as it was.</summary>
    public async Task<NotedHead> StepAsync(NotedHead? kept)
    {
        var newest = await _newest.AskAsync(kept).ConfigureAwait(false);
        var (before, size) = (kept?.Checkpoint.Size ?? 0, newest.Checkpoint.Size);
        if (size > before)
        {
            await GrowAsync(kept, newest).ConfigureAwait(false);
        }

        if (Entries)
        {
            await TakeEntriesAsync(size).ConfigureAwait(false);
        }

        if (size == before)
        {
            return kept!;
        }

        copy.WriteCheckpoint(newest.Note);
        copy.DropPartials(before, size);
        return newest;
    }

    private async Task GrowAsync(NotedHead? kept, NotedHead newest)
    {
        var (tree, usesLeftovers) = await AppendAsync(kept, newest.Checkpoint.Size, mayUseLeftovers: true).ConfigureAwait(false);
        if (tree.Root() != newest.Checkpoint.Root && usesLeftovers)
        {
            // What a run before left was never verified: it does not count against the server.
            (tree, _) = await AppendAsync(kept, newest.Checkpoint.Size, mayUseLeftovers: false).ConfigureAwait(false);
        }

        if (tree.Root() != newest.Checkpoint.Root)
        {
            throw new HeadRefusedException(
                Verdict.Invalid, HeadRefusedException.WrongRoot, $"The tiles that the server sends are not those of the {Words(newest.Checkpoint.Size)} entries that it signed.", newest.Note);
        }

        tree.WritePartials(copy);
    }

    private async Task<(TileBuilder Tree, bool UsesLeftovers)> AppendAsync(NotedHead? kept, long size, bool mayUseLeftovers)
    {
        var tree = Restore(kept);
        var usesLeftovers = false;
        while (tree.Size < size)
        {
            var tile = LeavesAt(tree.Size / TileId.FullWidth, size);
            var hashes = new byte[tile.Width * Digest.Size];
            if (mayUseLeftovers && copy.TryRead(tile, hashes))
            {
                usesLeftovers = true;
            }
            else
            {
                hashes = await FetchAsync(token => client.Audit.TileAsync(log, 0, IndexOf(tile), token), hashes.Length).ConfigureAwait(false);
                if (hashes.Length != tile.Width * Digest.Size)
                {
                    throw new HeadRefusedException(Verdict.Invalid, HeadRefusedException.WrongRoot, $"{tile.Path} of the server has {Words(hashes.Length)} bytes, and not {Words(tile.Width * Digest.Size)}.");
                }
            }

            foreach (var leaf in MemoryMarshal.Cast<byte, Digest>(hashes)[(int)(tree.Size % TileId.FullWidth)..].ToArray())
            {
                tree.Append(leaf, copy);
            }

            Progress(tile.Index + 1, LastIndex(size) + 1);
        }

        return (tree, usesLeftovers);
    }

    private TileBuilder Restore(NotedHead? kept)
    {
        if (kept is null)
        {
            return new TileBuilder();
        }

        return TileBuilder.TryRestore(kept.Checkpoint.Size, copy, out var tree, out var fault) && tree.Root() == kept.Checkpoint.Root
            ? tree
            : throw new CommandRefusedException(
                ExitStatus.Unusable, $"The copy is not what was verified when it was written: {fault ?? "its tiles do not hash to its checkpoint"}. Keep its checkpoint, and follow the log into an empty folder.");
    }

    private async Task TakeEntriesAsync(long size)
    {
        for (var index = _withEntries / TileId.FullWidth; index <= LastIndex(size); index++)
        {
            var tile = LeavesAt(index, size);
            var hashes = HashesOf(tile, size);
            if (copy.ReadEntries(tile) is not { } there || !AreUnder(hashes, there))
            {
                var bundle = await FetchAsync(token => client.Audit.EntryBundleAsync(log, IndexOf(tile), token), tile.Width * (sizeof(ushort) + ushort.MaxValue)).ConfigureAwait(false);
                if (!AreUnder(hashes, bundle))
                {
                    throw new HeadRefusedException(Verdict.Invalid, HeadRefusedException.WrongRoot, $"The entries from position {Words(index * TileId.FullWidth)} on that the server sends are not those that it signed.");
                }

                copy.WriteEntries(tile, bundle);
            }

            Progress(index + 1, LastIndex(size) + 1);
        }

        _withEntries = size;
    }

    private Digest[] HashesOf(TileId tile, long size)
    {
        var hashes = new byte[tile.Width * Digest.Size];
        return copy.TryRead(tile, hashes)
            ? MemoryMarshal.Cast<byte, Digest>(hashes).ToArray()
            : throw new CommandRefusedException(ExitStatus.Unusable, $"{tile.Path} of the copy is gone, although its {Words(size)} entries cover it. Keep the checkpoint, and follow the log into an empty folder.");
    }

    // Each entry behind its length, and nothing else.
    private static bool AreUnder(Digest[] hashes, ReadOnlySpan<byte> bundle)
    {
        foreach (var hash in hashes)
        {
            if (!BinaryPrimitives.TryReadUInt16BigEndian(bundle, out var length) || bundle.Length < sizeof(ushort) + length || TreeHash.Leaf(bundle.Slice(sizeof(ushort), length)) != hash)
            {
                return false;
            }

            bundle = bundle[(sizeof(ushort) + length)..];
        }

        return bundle.IsEmpty;
    }

    private async Task<byte[]> FetchAsync(Func<CancellationToken, Task<Stream>> open, int most)
    {
        var stream = await open(interrupted).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            // One byte more than there may be, to know that there is more.
            var bytes = new byte[most + 1];
            return bytes[..await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, interrupted).ConfigureAwait(false)];
        }
    }

    private static TileId LeavesAt(long index, long size) => new(0, index, (int)Math.Min(TileId.FullWidth, size - (index * TileId.FullWidth)));

    private static long LastIndex(long size) => (size - 1) / TileId.FullWidth;

    private static string IndexOf(TileId tile) => tile.Path["tile/0/".Length..];

    private static string Words(long number) => number.ToString(CultureInfo.InvariantCulture);
}
