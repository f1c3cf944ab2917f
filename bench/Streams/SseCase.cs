using System.Security.Cryptography;
using Gantral.Abstractions.Evidence;
using Gantral.Bench.Http;
using Gantral.Bench.Running;
using Gantral.Bench.Transitions;
using Gantral.Evidence.Log;
using Gantral.Silo.Ledger;

namespace Gantral.Bench.Streams;

/// <summary>How soon those who follow over HTTP hear of what was committed.</summary>
internal sealed class SseCase : IBenchCase
{
    private const int Teams = 100;
    private const int ReadersOfEach = 10;
    private const int TransitionsPerSecond = 2_000;

    /// <inheritdoc/>
    public string Name => "sse";

    /// <inheritdoc/>
    public string About => "milliseconds until 99 of 100 entries were read from their stream: 1,000 readers over HTTP in a process of their own, ten for each of 100 teams, while 2,000 transitions flow per second.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        await using var database = await BenchDatabase.MakeAsync(run, "sse");
        await using var silo = await database.OpenAsync();
        await using var gateway = await BenchGateway.OpenAsync(database, silo);
        var lives = new TeamLives(silo.Host, Teams);
        await lives.RegisterAsync();
        var from = await database.CountAsync("SELECT max(size) FROM checkpoint WHERE log_id = 1");
        var tokenFile = Path.Combine(run.Folder, "readers");
        await File.WriteAllLinesAsync(tokenFile, Enumerable.Range(0, Teams).Select(TeamLives.Team).Select(team => $"{team} {gateway.Token($"reader-of-{team}", "human", ["release-manager"], team)}"));

        run.Say($"{Name}: connecting {Teams * ReadersOfEach:N0} readers");
        await using var readers = await ReaderProcess.StartAsync(gateway.Address, tokenFile, ReadersOfEach);
        run.Say($"{Name}: warming up");
        await lives.LiveAsync(TransitionsPerSecond, TimeSpan.FromSeconds(run.Quick ? 4 : 10));
        await readers.MeasureAsync();
        var pace = await lives.LiveAsync(TransitionsPerSecond, TimeSpan.FromSeconds(run.Quick ? 8 : 60));
        var written = await WrittenAsync(silo.Ledger, from);
        var got = await readers.EndAsync([.. written.Select(team => team.Count)], ReadersOfEach);
        var late = await LateAsync(database, ReaderProcess.CameFile(tokenFile));
        var (p50, p99) = (Samples.Median(late), Samples.Percentile(late, 99));
        run.Say(string.Create(null, $"{Name}: at {pace:N0} transitions per second half of {late.Count:N0} were read after {p50:N0} ms, 99 of 100 after {p99:N0} ms, all after {late.Max():N0} ms"));
        for (var reader = 0; reader < got.Count; reader++)
        {
            if (got[reader] != written[reader / ReadersOfEach].Line)
            {
                throw new WrongAnswerException($"a reader got '{got[reader]}' (team, entries, hash of their positions) instead of '{written[reader / ReadersOfEach].Line}'");
            }
        }

        await database.VerifyAsync(run);
        return
        [
            new CaseResult(Name, p99, "ms")
            {
                LowerIsBetter = true,
                Reach = "≤ 250 ms",
                P50 = p50,
                P99 = p99,
                Notes = [string.Create(null, $"{pace:N0} transitions per second flowed; from the time of the signed head that covers an entry, taken just before its commit, until a reader had it; all {got.Count:N0} readers got exactly the entries of their team, in order")],
            },
        ];
    }

    // A head has the database's time at which its batch took the log; all here have the clock of this machine.
    private static async Task<List<double>> LateAsync(BenchDatabase database, string cameFile)
    {
        var (sizes, times) = (new List<long>(), new List<double>());
        await using (var command = database.Source.CreateCommand("SELECT size, note FROM checkpoint WHERE log_id = 1 ORDER BY size"))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                if (!SignedNote.TryParse(rows.GetFieldValue<byte[]>(1), out var note, out var fault) || !Checkpoint.TryParse(note.Text, out var checkpoint, out fault))
                {
                    throw new WrongAnswerException($"a head cannot be read: {fault}");
                }

                sizes.Add(rows.GetInt64(0));
                times.Add(checkpoint.Time.UnixMilliseconds);
            }
        }

        var late = new List<double>();
        using var came = new BinaryReader(File.OpenRead(cameFile));
        while (came.BaseStream.Position < came.BaseStream.Length)
        {
            var head = sizes.BinarySearch(came.ReadInt64() + 1);
            late.Add(came.ReadDouble() - times[head < 0 ? ~head : head]);
        }

        return late;
    }

    // What each reader must have: how many entries of its team, and what their positions hash to in the order of the log.
    private static async Task<List<(int Count, string Line)>> WrittenAsync(PostgresLedger ledger, long from)
    {
        var teams = Enumerable.Range(0, Teams).Select(TeamLives.Team).ToDictionary(team => team, _ => (Count: 0, Hash: IncrementalHash.CreateHash(HashAlgorithmName.SHA256)));
        for (; await ledger.Entries.OfLogAsync(1, from, 2_000) is { IsEmpty: false } page; from += page.Length)
        {
            foreach (var placed in page.Where(placed => placed.Sealed.Entry.Subject.Type == SubjectType.Instance))
            {
                var team = placed.Sealed.Entry.Binding!.OwningTeamId;
                TeamReader.Add(teams[team].Hash, placed.Position);
                teams[team] = teams[team] with { Count = teams[team].Count + 1 };
            }
        }

        return [.. teams.OrderBy(team => team.Key, StringComparer.Ordinal).Select(team =>
        {
            using var hash = team.Value.Hash;
            return (team.Value.Count, $"{team.Key} {team.Value.Count} {Convert.ToHexStringLower(hash.GetCurrentHash())}");
        })];
    }
}
