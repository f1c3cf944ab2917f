using System.Reflection;
using Gantral.Lives;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Commands;
using Gantral.Silo.Tests.Ledger;
using Xunit.Abstractions;

namespace Gantral.Silo.Tests.Audit;

/// <summary>What a silo exported and somebody changed is never VALID to the command that auditors run.</summary>
public sealed class TamperedExportTests(LedgerServer server, ITestOutputHelper output) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private const string Auditor = "audrey: gantral.auditor";
    private const int AtOnce = 2;

    private static readonly MethodInfo Main = Assembly.Load("gantral").EntryPoint!;

    private readonly string _folder = Directory.CreateTempSubdirectory("gantral-tampered-").FullName;
    private ServedSilo _silo = null!;
    private byte[] _bundle = null!;
    private byte[] _other = null!;

    private string Keys => Path.Combine(_folder, "keys.json");

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
        Assert.Equal(0, (await _silo.RunAsync(Auditor, "keys", "export", "--out", Keys)).Status);
        (_bundle, _other) = (await ExportAsync("OVERRIDE", """{"percent":5}"""), await ExportAsync("REJECT", null));
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void No_bit_of_it_can_be_turned()
    {
        var (bits, seed) = (8 * _bundle.Length, Scale.Take(output.WriteLine));
        VerifyEach(Scale.Rounds(400, bits), round =>
        {
            var bit = Scale.IsFull ? round : new Random(HashCode.Combine(seed, round)).Next(bits);
            return ($"bit {bit}", Flipped(bit));
        });
    }

    [Fact]
    public void No_random_edit_leaves_it_VALID()
    {
        var seed = Scale.Take(output.WriteLine);
        VerifyEach(Scale.Rounds(400, 100_000), round => Edited(new Random(HashCode.Combine(seed, round))));
    }

    [Fact]
    public async Task A_process_of_the_command_says_so_by_how_it_ends()
    {
        var random = new Random(Scale.Take(output.WriteLine));
        for (var round = 0; round < Scale.Rounds(6, 300); round++)
        {
            var (what, bytes) = round % 2 == 0 ? ("a bit", Flipped(random.Next(8 * _bundle.Length))) : Edited(random);
            var ran = await _silo.RunAsync(Auditor, "verify", Write("edited.jsonl", bytes), "--keys", Keys);
            Assert.True(ran.Status is >= 1 and <= 3, $"round {round}, {what}: {ran.Status}, {ran.Output}{ran.Error}");
        }
    }

    // The command's own entry point, without the cost of a process for each.
    private void VerifyEach(int rounds, Func<int, (string What, byte[] Bytes)> make)
    {
        var (told, complained) = (Console.Out, Console.Error);
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        try
        {
            Assert.Equal(0, Verify(Write("whole.jsonl", _bundle)));
            Parallel.For(0, rounds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, () => $"{Guid.NewGuid():N}.jsonl", (round, _, name) =>
            {
                var (what, bytes) = make(round);
                var status = Verify(Write(name, bytes));
                Assert.True(status is >= 1 and <= 3, $"round {round}, {what}: {status}; {Scale.Repeat(Scale.Seed)}");
                return name;
            }, name => File.Delete(Path.Combine(_folder, name)));
        }
        finally
        {
            Console.SetOut(told);
            Console.SetError(complained);
        }

        output.WriteLine($"{rounds} changes of {_bundle.Length} bytes");
    }

    private int Verify(string path) => (int)Main.Invoke(null, [new[] { "verify", path, "--keys", Keys }])!;

    private byte[] Flipped(int bit)
    {
        var flipped = _bundle.ToArray();
        flipped[bit / 8] ^= (byte)(1 << bit % 8);
        return flipped;
    }

    // One that changes nothing, or does not apply, is drawn again.
    private (string What, byte[] Bytes) Edited(Random random)
    {
        while (true)
        {
            var (name, apply) = Edits.Kinds[random.Next(Edits.Kinds.Count)];
            if (apply(_bundle, _other, random) is { } edited && !edited.AsSpan().SequenceEqual(_bundle))
            {
                return (name, edited);
            }
        }
    }

    private async Task<byte[]> ExportAsync(string decision, string? delta)
    {
        var (id, path) = (await _silo.WaitingAsync(), Path.Combine(_folder, $"{decision}.jsonl"));
        await _silo.MadeAsync("alice: release-manager", "/v1/decisions", await _silo.DecisionAsync(id, decision, delta));
        if (decision != "REJECT")
        {
            await _silo.MadeAsync("agent! gantral.operator", $"/v1/instances/{id}/cancel", "{}");
        }

        Assert.Equal(0, (await _silo.RunAsync(Auditor, "export", "--instance", id, "--payloads", "--out", path)).Status);
        return await File.ReadAllBytesAsync(path);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
