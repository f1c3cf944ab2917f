using Gantral.Bench.Evidence;
using Gantral.Bench.Growth;
using Gantral.Bench.Http;
using Gantral.Bench.Memory;
using Gantral.Bench.Queues;
using Gantral.Bench.Reporting;
using Gantral.Bench.Running;
using Gantral.Bench.Streams;
using Gantral.Bench.Transitions;
using Gantral.Bench.Verify;

namespace Gantral.Bench;

/// <summary>Runs the cases that were asked for and prints what came of them.</summary>
internal static class BenchCommand
{
    private const string Synopsis = "Usage: ./bench.sh [--quick] [--case NAME] [--json] [--html FILE]";
    private const int WrongAnswer = 1;
    private const int WrongUsage = 64;

    // Every case there is, in the order in which they run: a new one is a class and a line here.
    private static readonly IBenchCase[] Cases =
    [
        new EvidenceCase(),
        new VerifyCase(),
        new VerifyInstanceCase(),
        new InProcessCase(),
        new HttpTransitionsCase(),
        new IdleLatencyCase(),
        new SilosCase(),
        new SnapshotCase(),
        new TimersCase(),
        new SseCase(),
        new ClaimsCase(),
        new MemoryCase(),
        new GrowthCase(),
    ];

    /// <summary>Runs the command line and answers its exit status.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [VerifyOnce.Verb, var bundle, var keys])
        {
            return VerifyOnce.RunChild(bundle, keys);
        }

        if (args is [SiloProcess.Verb, ..])
        {
            return await SiloProcess.RunChildAsync(args[1..]).ConfigureAwait(false);
        }

        if (args is [ReaderProcess.Verb, ..])
        {
            return await ReaderProcess.RunChildAsync(args[1..]).ConfigureAwait(false);
        }

        if (args is [HttpLoadProcess.Verb, ..])
        {
            return await HttpLoadProcess.RunChildAsync(args[1..]).ConfigureAwait(false);
        }

        if (args is ["--help" or "-h"])
        {
            Console.Out.WriteLine($"""
                {Synopsis}

                Starts its own PostgreSQL and silo, and measures each case next to a ceiling or a peer in the same run.

                  --quick      shorter rounds, to look and not to quote
                  --case NAME  one case only
                  --html FILE  writes the table and its charts to a page as well
                  --json       figures for machines; progress goes to standard error in any case

                Cases:
                {string.Join('\n', Cases.Select(known => $"  {known.Name,-18} {known.About}"))}

                Exit status: 0 measured; 1 a wrong answer, so no figure counts; 64 the command line is wrong
                """);
            return 0;
        }

        if (!BenchOptions.TryParse(args, out var options, out var fault) || Chosen(options) is not { Length: > 0 } chosen)
        {
            await Console.Error.WriteLineAsync($"""
                {fault ?? $"There is no case {options!.Case}."}
                {Synopsis}
                Cases: {string.Join(", ", Cases.Select(known => known.Name))}
                """).ConfigureAwait(false);
            return WrongUsage;
        }

        var (results, usages) = (new List<CaseResult>(), new List<Usage>());
        using var run = new BenchRun(options.Quick, Console.Error);
        try
        {
            foreach (var benchCase in chosen)
            {
                run.Say($"{benchCase.Name}: {benchCase.About}");
                var (measured, usage) = await Usage.OfAsync(benchCase.Name, () => benchCase.MeasureAsync(run), () => run.DatabaseSeconds).ConfigureAwait(false);
                results.AddRange(measured);
                usages.Add(usage);
            }
        }
        catch (WrongAnswerException wrong)
        {
            await Console.Error.WriteLineAsync($"A wrong answer, so no figure counts: {wrong.Message}").ConfigureAwait(false);
            return WrongAnswer;
        }

        Console.Out.WriteLine(options.Json ? JsonReport.Write(results, usages) : TextReport.Write(results, usages, chosen));
        if (options.Html is { } page)
        {
            await File.WriteAllTextAsync(page, HtmlReport.Write(results, usages, chosen)).ConfigureAwait(false);
        }

        return 0;
    }

    private static IBenchCase[] Chosen(BenchOptions options) =>
        [.. Cases.Where(known => options.Case is null || known.Name == options.Case)];
}
