using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;
using Gantral.Silo.Tests.Audit;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Commands;
using Gantral.Silo.Tests.Gateway;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Following;

/// <summary><c>gantral witness</c>: a second signature under what only grew, and none under anything else.</summary>
public sealed class WitnessCommandTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private const string Ann = "ann: gantral.auditor";
    private const string Root = "root: gantral.admin";
    private const string Name = "witness.example/1";

    private readonly string _folder = Directory.CreateTempSubdirectory("gantral-witness-").FullName;
    private ServedSilo _silo = null!;
    private Between _between = null!;
    private LogSigner _witness = null!;

    private string Keys => Path.Combine(_folder, "keys.json");

    private string Key => Path.Combine(_folder, "witness.pem");

    private string State => Path.Combine(_folder, "signed.txt");

    public async Task InitializeAsync()
    {
        _witness = LogSigner.Create(Name);
        await File.WriteAllTextAsync(Key, _witness.ExportPem());
        _silo = await ServedSilo.StartAsync(server.Database, witnesses: [_witness.PublicKey]);
        _between = new Between(_silo.Address);
        await _silo.RegisterAsync();
        Assert.Equal(0, (await _silo.RunAsync(Ann, "keys", "export", "--out", Keys)).Status);
    }

    public async Task DisposeAsync()
    {
        _between.Dispose();
        await _silo.DisposeAsync();
    }

    public void Dispose()
    {
        _witness.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_a_witness_signed_is_in_bundles_and_both_verifiers_call_it_witnessed()
    {
        var id = await _silo.WaitingAsync();
        await _silo.MadeAsync("alice: release-manager", "/v1/decisions", await _silo.DecisionAsync(id, "REJECT"));
        Assert.Equal("none", (string?)(await VerifyAsync("--instance", id)).Json["anchor"]);

        for (var log = 1; log <= 3; log++)
        {
            var signed = await WitnessAsync("--log", log.ToString(CultureInfo.InvariantCulture), "--state", $"{State}.{log}");
            Assert.True(signed.Status == 0, signed.Error);
        }

        // The log goes on, and the instance lies under the head that the witness signed.
        await _silo.RunningAsync();
        var verified = await VerifyAsync("--instance", id);
        Assert.Equal((0, "witnessed"), (verified.Status, (string?)verified.Json["anchor"]));
        Assert.True(TrustedKeys.TryParse(await File.ReadAllBytesAsync(Keys), out var keys, out _));
        var second = await SecondOpinion.ReportAsync(await File.ReadAllBytesAsync(Path.Combine(_folder, "bundle.jsonl")), keys);
        Assert.Equal(("VALID", "witnessed"), ((string?)second["verdict"], (string?)second["anchor"]));

        var size = (await File.ReadAllTextAsync($"{State}.1")).Split('\n')[1];
        var whole = await VerifyAsync("--log", "1", "--to", size);
        Assert.Equal((0, "log", "witnessed"), (whole.Status, (string?)whole.Json["scope"], (string?)whole.Json["anchor"]));
    }

    [Fact]
    public async Task It_signs_only_what_continues_what_it_signed()
    {
        Assert.Equal(0, (await WitnessAsync("--state", State)).Status);
        var signed = await File.ReadAllTextAsync(State);
        var size = long.Parse(signed.Split('\n')[1], CultureInfo.InvariantCulture);
        var body = new Checkpoint($"{LedgerDatabase.Origin}/1", size + 3, TreeHash.Leaf([]), Instant.From(TimeProvider.System.GetUtcNow())).Body();
        Assert.True(SignedNote.TryCreate(body, [server.Database.Signer($"{LedgerDatabase.Origin}/1").Sign(body)], out var fork, out _));
        var shown = Encoding.UTF8.GetString(fork.ToBytes());
        _between.Instead = (path, _) => path.Contains("/consistency", StringComparison.Ordinal) ? Between.Say($"old {size}\n\n{shown}") : null;

        using var process = _silo.Start(Ann, _between.Address, Words("--name", Name, "--key", Key, "--keys", Keys, "--state", State));
        var refused = JsonNode.Parse((await process.StandardOutput.ReadLineAsync())!)!;
        await process.WaitForExitAsync();

        Assert.Equal((1, "split_view"), (process.ExitCode, (string?)refused["code"]));
        Assert.Equal((signed, shown), (await File.ReadAllTextAsync((string)refused["kept"]!), await File.ReadAllTextAsync((string)refused["shown"]!)));
        Assert.Equal(signed, await File.ReadAllTextAsync(State));
    }

    [Fact]
    public async Task What_was_signed_and_not_handed_in_is_handed_in_by_the_next_run()
    {
        Assert.Equal(0, (await WitnessAsync("--state", State, "--keep")).Status);
        var line = (await File.ReadAllTextAsync(State)).TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith($"— {Name} ", line, StringComparison.Ordinal);

        Assert.Equal(0, (await WitnessAsync("--state", State)).Status);
        Assert.Contains(line, (await File.ReadAllTextAsync(State)), StringComparison.Ordinal);
        Assert.Contains(line, await CheckpointAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_false_line_is_refused_and_a_strangers_is_let_be()
    {
        var note = await CheckpointAsync();
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var head, out _));
        using var stranger = LogSigner.Create("stranger.example/1");

        (await CosignAsync(note, Line(_witness.Sign("something else\n"u8)))).IsProblem(400, "invalid_body");
        (await CosignAsync(note, $"{Line(_witness.Sign(head.Text))}\n{Line(_witness.Sign(head.Text))}")).IsProblem(400, "invalid_body");
        (await CosignAsync(note, "")).IsProblem(400, "invalid_body");
        (await CosignAsync(note.Replace($"\n{Size(note)}\n", "\n9000000\n", StringComparison.Ordinal), Line(_witness.Sign(head.Text)))).IsProblem(404, "not_found");
        Assert.Equal(note, await CheckpointAsync());

        var unknown = await CosignAsync(note, Line(stranger.Sign(head.Text)));
        Assert.Equal((200, "[]"), (unknown.Status, unknown.Body!["witnesses"]!.ToJsonString()));
        Assert.Equal(note, await CheckpointAsync());

        var known = await CosignAsync(note, Line(_witness.Sign(head.Text)));
        Assert.Equal($"[\"{Name}+{_witness.PublicKey.KeyId:x8}\"]", known.Body!["witnesses"]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));
        var once = await CheckpointAsync();
        await CosignAsync(note, Line(_witness.Sign(head.Text)));
        Assert.Equal(once, await CheckpointAsync());
    }

    [Fact]
    public async Task A_key_is_made_once_and_another_state_or_key_is_refused()
    {
        var (key, file) = (Path.Combine(_folder, "new.pem"), Path.Combine(_folder, "unknown.txt"));
        var made = await _silo.RunAsync(Ann, "witness", "keygen", "--name", "witness.example/2", "--key", key);
        Assert.Equal((0, "witness.example/2"), (made.Status, (string?)made.Json["witnesses"]![0]!["name"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Assert.Equal(73, (await _silo.RunAsync(Ann, "witness", "keygen", "--name", "witness.example/2", "--key", key)).Status);

        var unknown = await _silo.RunAsync(Ann, "witness", "--name", "witness.example/2", "--key", key, "--keys", Keys, "--state", file, "--once");
        Assert.Equal(69, unknown.Status);
        Assert.Contains("WitnessKeysFile", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await WitnessAsync("--state", file)).Status);
    }

    private static string Line(NoteSignature signature)
    {
        Assert.True(SignedNote.TryCreate("any\n"u8, [signature], out var note, out _));
        return Encoding.UTF8.GetString(note.ToBytes()).Split('\n')[2];
    }

    private static long Size(string note) => long.Parse(note.Split('\n')[1], CultureInfo.InvariantCulture);

    private static string[] Words(params string[] more) => ["witness", "--once", "--json", .. more];

    private Task<Ran> WitnessAsync(params string[] more) => _silo.RunAsync(Ann, Words(["--name", Name, "--key", Key, "--keys", Keys, .. more]));

    private Task<Answered> CosignAsync(string note, string line) => _silo.PostAsync(
        Ann, "/v1/audit/logs/1/cosignatures", new JsonObject { ["size"] = Size(note), ["signature"] = line }.ToJsonString());

    private async Task<string> CheckpointAsync()
    {
        using var response = await _silo.SendAsItIsAsync(ServedApi.Request("GET", "/v1/audit/logs/1/checkpoint", _silo.Token(Ann)));
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<Ran> VerifyAsync(params string[] what)
    {
        var bundle = Path.Combine(_folder, "bundle.jsonl");
        Assert.Equal(0, (await _silo.RunAsync(Root, ["export", .. what, "--out", bundle])).Status);
        return await _silo.RunAsync(Root, "verify", bundle, "--keys", Keys, "--json");
    }
}
