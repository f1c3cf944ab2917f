using System.Collections.Immutable;
using System.Globalization;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Silo.Hosting;
using Gantral.Silo.Ledger;
using Gantral.Silo.Schema;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Crashes;

/// <summary>
/// What a silo process does that is to be killed: asks the instances it shares with other silos for whatever may come
/// next, without a pause, and says of each request what it was told, so that it can be held to it.
/// </summary>
internal static class Hammer
{
    private const int AtOnce = 12;

    private static readonly CanonicalBytes Context = Sample.Json("""{"amount":1250,"environment":"production"}""");

    /// <summary>Runs until it is killed, or its input ends.</summary>
    /// <param name="args">The connection string, the file of the signing key, the seed, and the instances.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var served = await ServedDatabase.FindAsync(args[0]);
        var pem = await File.ReadAllTextAsync(args[1]);
        await using var ledger = await PostgresLedger.OpenAsync(new LedgerOptions
        {
            ConnectionString = args[0],
            Logs = served.Logs.ToImmutableSortedDictionary(log => log.Key, log => LedgerDatabase.Signer(log.Value, pem)),
        });
        using var host = new GrainHost(ledger, ledger.Clock, TimeProvider.System, new GrainHostOptions { Logs = served.Logs.Count });
        var instances = args[3..].Select(Guid.Parse).ToArray();
        using var said = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await said.WriteLineAsync("ready");

        using var stop = new CancellationTokenSource();
        var seed = int.Parse(args[2], CultureInfo.InvariantCulture);
        var work = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => WorkAsync(host, instances, new Random(seed + i), said, stop.Token))));
        await Console.In.ReadToEndAsync(CancellationToken.None);
        await stop.CancelAsync();
        await work;
        await ledger.DrainAsync(TimeSpan.FromSeconds(20));
        return 0;
    }

    private static async Task WorkAsync(GrainHost host, Guid[] instances, Random random, TextWriter said, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var key = new CommandKey(Sample.NewKey(), Sample.NewKey());
            await said.WriteLineAsync($"ask {key.CommandId}");
            try
            {
                var reply = await AskAsync(host.Instance(instances[random.Next(instances.Length)]), key, random);
                await said.WriteLineAsync(reply switch
                {
                    null => $"none {key.CommandId}",
                    { Refusal: { } refusal } => $"no {key.CommandId} {refusal.Code}",
                    _ => $"ok {key.CommandId} {reply.Entries.Length}",
                });
            }
            catch (Exception fault)
            {
                // Whatever happens has an answer; an exception is none.
                await said.WriteLineAsync($"threw {key.CommandId} {fault.ToString().ReplaceLineEndings(" ")}");
            }
        }
    }

    // Never an end: the same few instances are fought over all the time.
    private static async Task<Reply?> AskAsync(IInstanceGrain grain, CommandKey key, Random random)
    {
        var instance = await ReadAsync(grain);
        var agent = new Caller(Sample.Agent, [], key);
        return (instance?.State, random.Next(4)) switch
        {
            (null, _) => null,
            (_, 0) => await grain.AttachEvidenceAsync(agent, Context),
            (ExecutionState.Running, _) => await grain.RequestAuthorityAsync(agent, "deploy", Context),
            (ExecutionState.WaitingForHuman, _) => await grain.DecideAsync(
                new Caller(Sample.Alice, ["release-manager"], key),
                new OfferedDecision(DecisionType.Approve, "release-manager", instance!.Pending!.Request.ContextSnapshotHash, "reviewed")),
            _ => await grain.ClaimAsync(agent, WorkKind.Resume),
        };
    }

    private static async Task<Instance?> ReadAsync(IInstanceGrain grain)
    {
        try
        {
            return await grain.ReadAsync();
        }
        catch (Grains.Ledger.LedgerUnavailableException)
        {
            return null;
        }
    }
}
