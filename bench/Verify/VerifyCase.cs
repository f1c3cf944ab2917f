using System.Globalization;
using Gantral.Bench.Running;
using Gantral.Bench.Workload;
using Gantral.Evidence.Verification;

namespace Gantral.Bench.Verify;

/// <summary>How fast an auditor gets through a whole log, and with how much memory.</summary>
internal sealed class VerifyCase : IBenchCase
{
    private const long Small = 10_000;

    /// <inheritdoc/>
    public string Name => "verify";

    /// <inheritdoc/>
    public string About => "entries of a whole-log export verified per second of one core, against bare SHA-256 of as many bytes and one node each; and the most memory that takes as the log grows.";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseResult>> MeasureAsync(BenchRun run)
    {
        using var lives = new TypicalLives();
        var log = new RepeatedLog(lives);
        var keys = Path.Combine(run.Folder, "keys.json");
        await File.WriteAllBytesAsync(keys, lives.Log.Keys().ToFile().Memory).ConfigureAwait(false);

        long[] sizes = run.Quick ? [Small, 200_000] : [Small, 1_000_000, 10_000_000];
        var costs = new List<(long Entries, VerifyOnce.Cost Cost)>();
        CaseResult? rate = null;
        foreach (var size in sizes)
        {
            var path = Path.Combine(run.Folder, "log.jsonl");
            if (!HasRoom(run, size))
            {
                break;
            }

            run.Say(string.Create(CultureInfo.InvariantCulture, $"{Name}: writing a log of {size:N0} entries"));
            var (entries, bytes) = log.Write(path, size);
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{Name}: verifying it in a process of its own, to see its memory"));
            var cost = await VerifyOnce.MeasureAsync(path, keys).ConfigureAwait(false);
            RequireValid(cost.Verdict);
            costs.Add((entries, cost));
            if (size == sizes[1])
            {
                rate = Rate(run, path, lives.Log.Keys(), entries, (int)(bytes / entries));
            }

            File.Delete(path);
        }

        return rate is null ? [Memory(costs)] : [rate, Memory(costs)];
    }

    private CaseResult Rate(BenchRun run, string path, TrustedKeys keys, long entries, int bytesPerEntry)
    {
        var (figure, ceiling) = PerCore.Rates(run, Name, entries, () => Verify(path, keys), () => BareHash.Run([bytesPerEntry], (int)entries));
        return new CaseResult(Name, figure, "entries/s/core") { Ceiling = ceiling, Reach = "≥ 100,000 entries/s" };
    }

    private static void Verify(string path, TrustedKeys keys)
    {
        using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        var report = Verifier.Verify(file, keys);
        RequireValid($"{report.Verdict}");
        if (!report.Warnings.IsEmpty)
        {
            throw new WrongAnswerException($"a typical log gave a warning: {report.Warnings[0]}");
        }
    }

    private static CaseResult Memory(List<(long Entries, VerifyOnce.Cost Cost)> costs) =>
        new("verify-memory", costs[^1].Cost.WorkingSetMiB, "MiB at most")
        {
            Ceiling = costs[0].Cost.WorkingSetMiB,
            Reach = "flat (ceiling: 10,000 entries)",
            LowerIsBetter = true,
            Notes =
            [
                .. costs.Select(at => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{at.Entries:N0} entries: {at.Cost.WorkingSetMiB:N0} MiB working set and {at.Cost.ManagedMiB:N0} MiB managed at most, {at.Cost.Seconds:N1} s of processor time from a cold start")),
            ],
        };

    private static void RequireValid(string verdict)
    {
        if (verdict != nameof(Verdict.Valid))
        {
            throw new WrongAnswerException($"a sound log was found {verdict}");
        }
    }

    // The file itself, and the parts that the verifier deals it out to.
    private bool HasRoom(BenchRun run, long entries)
    {
        const long BytesPerEntry = 3_500;
        var free = new DriveInfo(run.Folder).AvailableFreeSpace;
        if (free > entries * BytesPerEntry)
        {
            return true;
        }

        run.Say(string.Create(CultureInfo.InvariantCulture, $"{Name}: {entries:N0} entries are left out: they need {entries * BytesPerEntry >> 30} GiB of temporary space, and {free >> 30} are free"));
        return false;
    }
}
