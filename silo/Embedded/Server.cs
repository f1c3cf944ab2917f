using System.Diagnostics;
using System.Globalization;

namespace Gantral.Silo.Embedded;

/// <summary>Brings the server of a cluster up, whatever state it was left in, and down again.</summary>
internal sealed class Server(EmbeddedOptions options, DataFolder folder, Installation installation, ServerAccount account, Logins logins)
{
    private const long LongLog = 10 * 1024 * 1024;
    private const UnixFileMode LogMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    // Kept for the life of the silo: connection strings that were given out stay valid when the server is started again.
    private string? _socketFolder;

    /// <summary>Adopts the server that runs, waits for one that is half-way, starts one where there is none.</summary>
    public async Task<PostmasterFile> BringUpAsync(CancellationToken cancellation)
    {
        try
        {
            return await AdoptOrStartAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Any other failure leaves a server alone: one that recovers for long must get to its end some day.
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task<PostmasterFile> AdoptOrStartAsync(CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        for (var told = false; ; told = true)
        {
            var processes = await ServerProcesses.OfAsync(folder.Cluster, cancellation);
            if (processes.Count == 0 && await StartAsync(cancellation) is { } started)
            {
                return started;
            }

            // Processes without their first one are what a crash left; they end by themselves, and no server starts before.
            if (PostmasterFile.Read(folder.Cluster) is { } running && processes.Contains(running.ProcessId))
            {
                if (running.IsStopping)
                {
                    await StopAsync(CancellationToken.None);
                }
                else if (await logins.AnswersAsync(running.SocketFolder, cancellation))
                {
                    EmbeddedLog.Adopted(options.Logger, folder.Cluster, running.ProcessId);
                    _socketFolder = running.SocketFolder;
                    return running;
                }
            }

            if (waited.Elapsed > options.StartTimeout)
            {
                throw new EmbeddedPostgresException(
                    $"PostgreSQL in '{folder.Cluster}' (processes {string.Join(", ", processes)}) does not answer in time: see '{folder.Log}'. If it recovers, start again later; if it hangs, end it.");
            }

            if (!told)
            {
                EmbeddedLog.Waiting(options.Logger, folder.Cluster);
            }

            await Task.Delay(Pace, cancellation);
        }
    }

    /// <summary>Stops the server, if one of this cluster runs.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        // pg_ctl trusts the process id in the file; only one that was seen to be ours may be signalled.
        if (!await RunsAsync(cancellation))
        {
            return;
        }

        var outcome = await StopAsync("fast", cancellation);
        if (!outcome.Succeeded && await RunsAsync(cancellation))
        {
            EmbeddedLog.StoppingAtOnce(options.Logger, folder.Cluster);
            outcome = await StopAsync("immediate", cancellation);
            if (!outcome.Succeeded && await RunsAsync(cancellation))
            {
                throw new EmbeddedPostgresException($"PostgreSQL in '{folder.Cluster}' does not stop: {outcome.Output}");
            }
        }

        await GoneAsync(cancellation);
        EmbeddedLog.Stopped(options.Logger, folder.Cluster);
    }

    // pg_ctl returns when the server removes its file, which is a moment before its process ends.
    private async Task GoneAsync(CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < options.StopTimeout && (await ServerProcesses.OfAsync(folder.Cluster, cancellation)).Count > 0)
        {
            await Task.Delay(Pace, cancellation);
        }
    }

    // Null when a server is there after all: one that the last silo was starting when it died, or one that recovers for long.
    private async Task<PostmasterFile?> StartAsync(CancellationToken cancellation)
    {
        RemoveForeignPidFile();
        if (_socketFolder is null)
        {
            _socketFolder = await SocketFolder.MakeAsync(folder, account, cancellation);
        }
        else
        {
            SocketFolder.RemoveStale(_socketFolder);
        }

        await PrepareLogAsync(cancellation);
        var logged = new FileInfo(folder.Log).Length;
        var outcome = await account.RunAsync(
            [
                installation.Program("pg_ctl"), "start", "-D", folder.Cluster, "-w", "-t", Seconds(options.StartTimeout),
                "-l", folder.Log, "-o", ServerSettings.For(_socketFolder),
            ], cancellation);
        if (!outcome.Succeeded || PostmasterFile.Read(folder.Cluster) is not { } started)
        {
            if (await RunsAsync(cancellation))
            {
                return null;
            }

            throw new EmbeddedPostgresException($"PostgreSQL in '{folder.Cluster}' did not start: {Said(logged) ?? outcome.Output}");
        }

        EmbeddedLog.Started(options.Logger, installation.Major, folder.Cluster, started.ProcessId);
        return started;
    }

    /// <summary>Whether a server of this cluster runs.</summary>
    public async Task<bool> RunsAsync(CancellationToken cancellation) =>
        PostmasterFile.Read(folder.Cluster) is { } file && (await ServerProcesses.OfAsync(folder.Cluster, cancellation)).Contains(file.ProcessId);

    private Task<CommandOutcome> StopAsync(string mode, CancellationToken cancellation) => account.RunAsync(
        [installation.Program("pg_ctl"), "stop", "-D", folder.Cluster, "-m", mode, "-w", "-t", Seconds(options.StopTimeout)], cancellation);

    // The server takes any living process of its account for the holder of the file, and would not start.
    private void RemoveForeignPidFile()
    {
        var path = PostmasterFile.PathIn(folder.Cluster);
        if (File.Exists(path) && (PostmasterFile.Read(folder.Cluster) is not { } file || IsAlive(file.ProcessId)))
        {
            File.Delete(path);
            EmbeddedLog.RemovedForeignPidFile(options.Logger, path);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async Task PrepareLogAsync(CancellationToken cancellation)
    {
        using (var log = new FileStream(folder.Log, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = LogMode }))
        {
            if (log.Length > LongLog)
            {
                log.SetLength(0);
            }
        }

        await account.GiveAsync(folder.Log, cancellation);
    }

    private string? Said(long since)
    {
        using var log = new FileStream(folder.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(since, SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        var said = reader.ReadToEnd().Trim();
        return said.Length == 0 ? null : said;
    }

    private static string Seconds(TimeSpan span) => Math.Max(1, (int)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
