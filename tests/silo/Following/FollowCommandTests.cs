using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Silo.Audit;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Commands;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Following;

/// <summary><c>gantral log follow</c>: a copy that grows with the log, that nothing spoils, and that no other history gets into.</summary>
public sealed class FollowCommandTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private const string Root = "root: gantral.admin";
    private const string Ann = "ann: gantral.auditor";

    private readonly string _folder = Directory.CreateTempSubdirectory("gantral-follow-").FullName;
    private ServedSilo _silo = null!;
    private Between _between = null!;

    private string Keys => Path.Combine(_folder, "keys.json");

    private string Copy => Path.Combine(_folder, "copy");

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        _between = new Between(_silo.Address);
        Assert.Equal(0, (await _silo.RunAsync(Ann, "keys", "export", "--out", Keys)).Status);
    }

    public async Task DisposeAsync()
    {
        _between.Dispose();
        await _silo.DisposeAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_copy_has_the_files_of_the_log_and_nothing_else_however_often_it_went_on()
    {
        await GrowToAsync(300);
        var first = await FollowAsync();
        Assert.Equal((0, "VALID", 0), (first.Status, (string?)first.Json["verdict"], (int)first.Json["from"]!));
        await RequireWholeAsync((long)first.Json["size"]!);

        var same = await FollowAsync();
        Assert.Equal((long)first.Json["size"]!, (long)same.Json["from"]!);

        await GrowToAsync((long)first.Json["size"]! + 20);
        Assert.Equal((long)first.Json["size"]!, (long)(await FollowAsync()).Json["from"]!);
        await GrowToAsync(600);
        var last = await FollowAsync();
        await RequireWholeAsync((long)last.Json["size"]!);
        Assert.Equal(await HeadAsync(), await File.ReadAllTextAsync(Path.Combine(Copy, "checkpoint")));
    }

    [Fact]
    public async Task Killed_at_any_request_it_goes_on_and_ends_with_the_same_copy()
    {
        await GrowToAsync(600);
        var requests = 0;
        _between.Instead = (_, _) => { requests++; return null; };
        Assert.Equal(0, (await EndAsync(Follow("whole"))).Status);
        Assert.InRange(requests, 7, 100);

        for (var deadly = 1; deadly <= requests; deadly++)
        {
            using var follower = Follow("copy");
            var (seen, last) = (0, deadly);
            _between.Instead = (_, _) =>
            {
                if (++seen == last)
                {
                    follower.Kill();
                }

                return null;
            };
            await follower.WaitForExitAsync();
            Assert.NotEqual(0, follower.ExitCode);
            Assert.False(File.Exists(Path.Combine(Copy, "checkpoint")));

            var again = 0;
            _between.Instead = (_, _) => { again++; return null; };
            Assert.Equal(0, (await EndAsync(Follow("copy"))).Status);
            // What had come need not come again.
            Assert.Equal(requests - Math.Max(0, deadly - 2), again);
            await RequireWholeAsync(SizeOf(await HeadAsync()));
            Assert.Equal(FilesOf(Path.Combine(_folder, "whole")), FilesOf(Copy));
            Directory.Delete(Copy, recursive: true);
        }
    }

    [Fact]
    public async Task What_a_run_before_left_is_not_believed()
    {
        await GrowToAsync(600);
        Directory.CreateDirectory(Path.Combine(Copy, "tile", "0"));
        await File.WriteAllBytesAsync(Path.Combine(Copy, "tile", "0", "000"), new byte[256 * Digest.Size]);

        Assert.Equal(0, (await FollowAsync()).Status);
        await RequireWholeAsync(SizeOf(await HeadAsync()));
    }

    [Fact]
    public async Task A_log_that_was_rolled_back_is_invalid_and_both_heads_are_kept()
    {
        var early = await HeadAsync();
        await GrowToAsync(SizeOf(early) + 4);
        await FollowAsync();
        var kept = FilesOf(Copy);
        _between.Instead = (path, _) => path.EndsWith("/checkpoint", StringComparison.Ordinal) ? Between.Say(early) : (404, """{"code":"not_found","detail":"It never had so many."}"""u8.ToArray());

        var refused = await EndAsync(Follow("copy"));

        RequireRefused(refused, "rolled_back", kept, early);
    }

    [Fact]
    public async Task A_fork_that_the_right_key_signed_is_invalid_and_both_heads_are_kept()
    {
        await FollowAsync();
        var kept = FilesOf(Copy);
        var head = await HeadAsync();
        foreach (var size in new[] { SizeOf(head), SizeOf(head) + 7 })
        {
            var fork = Signed(size, TreeHash.Leaf([]));
            _between.Instead = (path, _) => path.Contains("/consistency", StringComparison.Ordinal) ? Between.Say($"old {SizeOf(head)}\n\n{fork}") : null;

            RequireRefused(await EndAsync(Follow("copy")), "split_view", kept, fork);
        }

        // The log itself is as it was, and is followed as before.
        _between.Instead = (_, _) => null;
        Assert.Equal(0, (await EndAsync(Follow("copy"))).Status);
    }

    [Theory]
    [InlineData("/tile/0/")]
    [InlineData("/tile/entries/")]
    public async Task Tiles_and_entries_that_were_not_signed_are_invalid_and_the_copy_stays_behind(string what)
    {
        await FollowAsync();
        var before = await File.ReadAllTextAsync(Path.Combine(Copy, "checkpoint"));
        await GrowToAsync(SizeOf(before) + 4);
        _between.Instead = (path, body) => path.Contains(what, StringComparison.Ordinal) ? (200, [.. body[..^1], (byte)(body[^1] ^ 1)]) : null;

        var refused = await EndAsync(Follow("copy"));
        Assert.Equal((1, "wrong_root"), (refused.Status, (string?)refused.Json["code"]));
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(Copy, "checkpoint")));

        _between.Instead = (_, _) => null;
        Assert.Equal(0, (await EndAsync(Follow("copy"))).Status);
        await RequireWholeAsync(SizeOf(await HeadAsync()));
    }

    [Fact]
    public async Task Who_may_not_see_entries_follows_hashes_and_entries_come_when_they_may()
    {
        await GrowToAsync(300);
        var refused = await _silo.RunAsync(Ann, "log", "follow", "--keys", Keys, "--into", Copy, "--once");
        Assert.Equal(69, refused.Status);
        Assert.Contains("gantral.admin", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _silo.RunAsync(Ann, "log", "follow", "--keys", Keys, "--into", Copy, "--once", "--hashes-only")).Status);
        Assert.False(Directory.Exists(Path.Combine(Copy, "tile", "entries")));

        Assert.Equal(0, (await FollowAsync()).Status);
        await RequireWholeAsync(SizeOf(await HeadAsync()));
    }

    [Fact]
    public async Task Without_a_key_nothing_is_believed_and_another_log_is_not_mixed_in()
    {
        var keys = JsonNode.Parse(await File.ReadAllTextAsync(Keys))!;
        keys["logs"]!.AsArray().RemoveAt(0);
        await File.WriteAllTextAsync(Keys, keys.ToJsonString());
        var unknown = await FollowAsync();
        Assert.Equal((2, "no_trusted_key"), (unknown.Status, (string?)unknown.Json["code"]));

        Assert.Equal(0, (await _silo.RunAsync(Root, "log", "follow", "--log", "2", "--keys", Keys, "--into", Copy, "--once")).Status);
        var second = await _silo.RunAsync(Root, "log", "follow", "--log", "3", "--keys", Keys, "--into", Copy, "--once");
        Assert.Equal(4, second.Status);
        Assert.Contains("gantral.example/test/3", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_on_looking_and_tells_of_each_growth()
    {
        using var follower = Command.Launch(_silo.Address, _silo.Token(Root), [WholeLife.SiloUnderTest.Host, Runners.AgentFolder.Command, "log", "follow", "--keys", Keys, "--into", Copy, "--every", "0.1", "--json"]);
        var size = (long)JsonNode.Parse((await follower.StandardOutput.ReadLineAsync())!)!["size"]!;
        await GrowToAsync(size + 1);
        var grown = JsonNode.Parse((await follower.StandardOutput.ReadLineAsync())!)!;
        Assert.Equal(size, (long)grown["from"]!);
        follower.Kill();
        await follower.WaitForExitAsync();
    }

    private Task<Ran> FollowAsync() => _silo.RunAsync(Root, "log", "follow", "--keys", Keys, "--into", Copy, "--once", "--json");

    private System.Diagnostics.Process Follow(string folder) => _silo.Start(Root, _between.Address, "log", "follow", "--keys", Keys, "--into", Path.Combine(_folder, folder), "--once", "--json");

    private static async Task<Ran> EndAsync(System.Diagnostics.Process process)
    {
        using (process)
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return new Ran(process.ExitCode, await output, await error);
        }
    }

    private async Task<string> HeadAsync() => Encoding.UTF8.GetString((await new LogCheckpoints(_silo.Silo.Ledger.Source).NewestAsync(1)).Note.Span);

    private async Task GrowToAsync(long size)
    {
        while (SizeOf(await HeadAsync()) < size)
        {
            await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
                await (await new Sample(_silo.Silo.Ledger, LedgerDatabase.NewId()).DoAsync(life => life.Create(server.Binding))).DoAsync(life => life.Request(Sample.Ask))));
        }
    }

    private string Signed(long size, Digest root)
    {
        var body = new Checkpoint($"{LedgerDatabase.Origin}/1", size, root, Instant.From(TimeProvider.System.GetUtcNow())).Body();
        Assert.True(SignedNote.TryCreate(body, [server.Database.Signer($"{LedgerDatabase.Origin}/1").Sign(body)], out var note, out _));
        return Encoding.UTF8.GetString(note.ToBytes());
    }

    private void RequireRefused(Ran refused, string code, Dictionary<string, string> kept, string shown)
    {
        Assert.Equal((1, "INVALID", code), (refused.Status, (string?)refused.Json["verdict"], (string?)refused.Json["code"]));
        Assert.Contains("INVALID", refused.Error, StringComparison.Ordinal);
        Assert.Equal(shown, File.ReadAllText((string)refused.Json["shown"]!));
        Assert.Equal(kept["checkpoint"], Convert.ToHexString(File.ReadAllBytes((string)refused.Json["kept"]!)));
        Assert.Equal(kept, FilesOf(Copy).Where(file => !file.Key.StartsWith("contradiction", StringComparison.Ordinal)).ToDictionary());
    }

    private static Dictionary<string, string> FilesOf(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file)));

    private static long SizeOf(string note) => long.Parse(note.Split('\n')[1], CultureInfo.InvariantCulture);

    // The entries of the database make the tree, the tree the tiles, and those are the files.
    private async Task RequireWholeAsync(long size)
    {
        var (expected, tree, entries) = (new Dictionary<string, string>(), new TileBuilder(), await _silo.Silo.Ledger.Entries.OfLogAsync(1, 0, (int)size));
        var tiles = new InMemoryTiles();
        foreach (var entry in entries)
        {
            tree.Append(entry.Sealed.Hash, tiles);
        }

        tree.WritePartials(tiles);
        foreach (var tile in TileId.AllAt(size))
        {
            var hashes = new byte[tile.Width * Digest.Size];
            Assert.True(tiles.TryRead(tile, hashes));
            expected.Add(tile.Path, Convert.ToHexString(hashes));
            if (tile.Level == 0)
            {
                expected.Add($"tile/entries/{tile.Path["tile/0/".Length..]}", Convert.ToHexString([.. entries.Skip((int)tile.Index * TileId.FullWidth).Take(tile.Width).SelectMany(Framed)]));
            }
        }

        var files = FilesOf(Copy);
        Assert.True(SignedNote.TryParse(Convert.FromHexString(files["checkpoint"]), out var note, out _) && Checkpoint.TryParse(note.Text, out var head, out _) && (head.Size, head.Root) == (size, tree.Root()));
        Assert.Equal(expected.OrderBy(file => file.Key, StringComparer.Ordinal), files.Where(file => file.Key.StartsWith("tile", StringComparison.Ordinal)).OrderBy(file => file.Key, StringComparer.Ordinal));
        Assert.Equal(["checkpoint"], files.Keys.Where(file => !file.StartsWith("tile", StringComparison.Ordinal) && !file.StartsWith("contradiction", StringComparison.Ordinal) && !file.StartsWith('.')));
    }

    private static IEnumerable<byte> Framed(Gantral.Silo.Ledger.PlacedEntry entry)
    {
        var length = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Sealed.Bytes.Span.Length);
        return [.. length, .. entry.Sealed.Bytes.Span];
    }
}
