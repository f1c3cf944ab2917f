using System.Diagnostics;
using Gantral.Abstractions.Authority;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;
using Gantral.Silo.Audit;
using Gantral.Silo.Ledger;
using Gantral.Silo.Schema;
using Gantral.Silo.Startup;
using Gantral.Silo.Tests.Audit;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Ledger;

/// <summary>A database comes back from a backup: nothing is written behind a head that was known, and what goes on says what is lost.</summary>
public sealed class RestoredLogTests(Template template) : IClassFixture<Template>, IAsyncLifetime
{
    private const string NewName = "gantral.example/test-2";

    private TestFolder _folder = null!;
    private LedgerDatabase _database = null!;
    private KnownHeads _heads = null!;

    public async Task InitializeAsync()
    {
        _folder = await template.CopyAsync();
        _database = await LedgerDatabase.MakeAsync(await _folder.StartAsync(), logs: 1);
        _heads = new KnownHeads(Path.Combine(_folder.Path, "heads"));
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await _folder.DisposeAsync();
    }

    [Fact]
    public async Task Behind_a_head_that_was_known_no_silo_starts_and_with_everything_there_it_does()
    {
        await LiveAsync();
        await Backup.TakeAsync(_database);
        await LiveAsync();
        var size = await SizeAsync();
        await Backup.RestoreAsync(_database);

        var refused = await Assert.ThrowsAsync<LogBrokenException>(() => OpenAsync(_database));
        Assert.Contains($"had {size} entries", refused.Message, StringComparison.Ordinal);
        Assert.Contains("gantral log reopen", refused.Message, StringComparison.Ordinal);
        Assert.True(await SizeAsync() < size);

        // Nothing was remembered in place of what was known.
        await Assert.ThrowsAsync<LogBrokenException>(() => OpenAsync(_database));
    }

    [Fact]
    public async Task A_backup_without_loss_is_gone_on_with()
    {
        await LiveAsync();
        await Backup.TakeAsync(_database);
        await Backup.RestoreAsync(_database);
        await LiveAsync();
        Assert.Equal(Verdict.Valid, (await _database.VerifyAsync()).Verdict);
    }

    [Fact]
    public async Task What_somebody_went_on_with_after_a_restore_is_another_history()
    {
        await Backup.TakeAsync(_database);
        await LiveAsync();
        var size = await SizeAsync();
        await Backup.RestoreAsync(_database);
        while (await SizeAsync() <= size)
        {
            await using var forgetful = await _database.OpenAsync();
            await new Sample(forgetful, LedgerDatabase.NewId()).LiveAsync(await Sample.BindAsync(forgetful));
        }

        Assert.Contains("another history", (await Assert.ThrowsAsync<LogBrokenException>(() => OpenAsync(_database))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_database_in_place_of_one_that_was_known_is_not_begun_anew()
    {
        await Backup.TakeAsync(_database);
        await LiveAsync();
        await Backup.RestoreAsync(_database);

        await Assert.ThrowsAsync<LogBrokenException>(() => OpenAsync(_database));
        await using var source = Npgsql.NpgsqlDataSource.Create(_database.Owner);
        await using var command = source.CreateCommand("SELECT count(*) FROM entry");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_reopened_log_names_the_last_one_goes_on_with_what_is_there_and_verifies()
    {
        var before = await ServedSilo.StartAsync(_database);
        await before.RegisterAsync();
        var id = await before.WaitingAsync();
        var decision = await before.DecisionAsync(id, "REJECT");
        var kept = await HeadAsync(1);
        await Backup.TakeAsync(_database);
        await before.WaitingAsync();
        await before.WaitingAsync();
        await before.WaitingAsync();
        await before.DisposeAsync();
        await (await OpenAsync(_database)).DisposeAsync();
        var lost = await HeadAsync(1);
        await Backup.RestoreAsync(_database);

        var reopened = await ReopenAsync(NewName);
        Assert.Equal([1], reopened.Select(log => log.LogId));
        Assert.Equal((kept.Size, $"{LedgerDatabase.Origin}/1", lost.Size), (reopened[0].Position, reopened[0].Former, reopened[0].KnownSize));
        await Assert.ThrowsAsync<LogBrokenException>(() => OpenAsync(_database));
        var database = await _database.AgainAsync();
        await (await OpenAsync(database)).DisposeAsync();

        await using (var silo = await ServedSilo.StartAsync(database))
        {
            var entry = (await silo.Silo.Ledger.Entries.OfLogAsync(1, kept.Size, 1))[0].Sealed.Entry;
            Assert.Equal((EventType.LogOpened, $"{NewName}/1"), (entry.Type, entry.Log!.Origin));
            Assert.Equal((lost.Origin, lost.Size, lost.Root), (entry.Log.Predecessor!.Origin, entry.Log.Predecessor.Size, entry.Log.Predecessor.Root));

            // Whoever waited before the backup is decided now.
            var decided = await silo.PostAsAsync(silo.Token("alice: release-manager", before.Name), "/v1/decisions", decision);
            Assert.True(decided.Status == 201, decided.Body?.ToJsonString());
            Assert.True(TrustedKeys.TryParse(new LedgerEvidence(silo.Silo.Ledger).Keys.Span, out var keys, out _));
            await RequireVerifiedAsync(silo, keys, kept, lost, Guid.Parse(id));
        }

        // Back again, to before it was reopened.
        await Backup.RestoreAsync(_database);
        Assert.Contains("from before the log was reopened", (await Assert.ThrowsAsync<LogBrokenException>(() => OpenAsync(_database))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_says_what_to_do_and_starts_again_once_it_is_done()
    {
        await LiveAsync();
        await Backup.TakeAsync(_database);
        await LiveAsync();
        await Backup.RestoreAsync(_database);

        var (refused, _, sentence) = await RunAsync("serve", "--port", "0");
        Assert.Equal(ExitStatus.Unavailable, refused);
        Assert.Contains("gantral log reopen", sentence, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Usage, (await RunAsync("reopen")).Status);
        var (done, _, told) = await RunAsync("reopen", "--origin", NewName);
        Assert.Equal(ExitStatus.Done, done);
        Assert.Contains($"as {NewName}/1", told, StringComparison.Ordinal);

        using var silo = Launch("serve", "--port", "0");
        Assert.StartsWith("Gantral is ready", await silo.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal($"{NewName}/1", _heads.Read(1)!.Value.Checkpoint.Origin);
        silo.Kill();
        await silo.WaitForExitAsync();
    }

    [Fact]
    public async Task A_log_is_reopened_under_another_name_and_by_its_own_key_only()
    {
        await LiveAsync();
        Assert.Contains("another name", (await Assert.ThrowsAsync<SchemaException>(() => ReopenAsync(LedgerDatabase.Origin))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SchemaException>(() => ReopenAsync("two words"));
        using var stranger = LogSigner.Create("any");
        var pem = stranger.ExportPem();
        await Assert.ThrowsAsync<LogBrokenException>(() => new LogReopener(_database.Owner, origin => LedgerDatabase.Signer(origin, pem), _heads).RunAsync(NewName));
        Assert.Equal($"{LedgerDatabase.Origin}/1", (await HeadAsync(1)).Origin);
        await LiveAsync();

        await ReopenAsync(NewName);
        await ReopenAsync($"{NewName}-3");
        var report = await (await _database.AgainAsync()).VerifyAsync();
        Assert.Equal((Verdict.Valid, $"{NewName}-3/1"), (report.Verdict, report.Origin));
    }

    private async Task RequireVerifiedAsync(ServedSilo silo, TrustedKeys keys, Checkpoint kept, Checkpoint lost, Guid id)
    {
        var whole = await BundleAsync(silo, new LogPart(1, 0, (await HeadAsync(1)).Size));
        var report = Verify(whole, keys, kept);
        Assert.Equal((Verdict.Valid, $"{NewName}/1", Anchor.EarlierCheckpoint), (report.Verdict, report.Origin, report.Anchor));
        Assert.Contains(report.Warnings, warning => warning.Contains("are lost", StringComparison.Ordinal));
        Assert.Equal(("VALID", "ok"), await SecondOpinion.OnAsync(whole, keys));

        // What is lost is no anchor, and what was signed otherwise is found.
        Assert.Equal(Anchor.None, Verify(whole, keys, lost).Anchor);
        Assert.Equal(FindingCode.SplitView, Verify(whole, keys, new Checkpoint(kept.Origin, kept.Size, TreeHash.Leaf([]), kept.Time)).Finding.Code);
        Assert.Equal(FindingCode.SplitView, Verify(whole, keys, new Checkpoint(lost.Origin, lost.Size, TreeHash.Leaf([]), kept.Time)).Finding.Code);

        // What stood under the old name still stands under it, and an instance of then is one of now.
        var part = Verify(await BundleAsync(silo, new LogPart(1, 0, kept.Size)), keys);
        Assert.Equal((Verdict.Valid, kept.Origin), (part.Verdict, part.Origin));
        var instance = Verify(BundleOf(await new LedgerEvidence(silo.Silo.Ledger).BundleAsync(id, payloads: false, default)), keys);
        Assert.Equal((Verdict.Valid, $"{NewName}/1"), (instance.Verdict, instance.Origin));
    }

    private async Task LiveAsync()
    {
        await using var ledger = await OpenAsync(_database);
        await new Sample(ledger, LedgerDatabase.NewId()).LiveAsync(await Sample.BindAsync(ledger));
        ledger.RememberHeads();
    }

    private Task<PostgresLedger> OpenAsync(LedgerDatabase database) => database.OpenAsync(database.Options with { KnownHeads = _heads });

    private Task<IReadOnlyList<LogReopening>> ReopenAsync(string name) => new LogReopener(_database.Owner, _database.Signer, _heads).RunAsync(name);

    private async Task<(int Status, string Output, string Error)> RunAsync(params string[] words)
    {
        using var process = Launch(words);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return (process.ExitCode, await output, await error);
    }

    private Process Launch(params string[] words)
    {
        File.WriteAllText(_folder.In("key.pem"), _database.KeyPem);
        return SiloUnderTest.Launch(
            words,
            ("Gantral__Database", _database.Serving),
            ("Gantral__OwnerDatabase", _database.Owner),
            ("Gantral__SigningKeyFile", _folder.In("key.pem")),
            ("Gantral__KnownHeadsFolder", _folder.In("heads")));
    }

    private async Task<long> SizeAsync()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(_database.Serving);
        await using var command = source.CreateCommand("SELECT coalesce(max(size), 0) FROM checkpoint WHERE log_id = 1");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<Checkpoint> HeadAsync(int log)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(_database.Serving);
        return (await new LogCheckpoints(source).NewestAsync(log)).Checkpoint;
    }

    private static async Task<byte[]> BundleAsync(ServedSilo silo, LogPart part)
    {
        using var bundle = new MemoryStream();
        await new LogExport(silo.Silo.Ledger.Source).WriteAsync(part, bundle);
        return bundle.ToArray();
    }

    private static byte[] BundleOf(IEnumerable<byte[]> lines) => [.. lines.SelectMany(line => (byte[])[.. line, (byte)'\n'])];

    private static VerificationReport Verify(byte[] bundle, TrustedKeys keys, params Checkpoint[] known) =>
        Verifier.Verify(new MemoryStream(bundle), keys, new VerifierOptions { KnownCheckpoints = [.. known] });
}
