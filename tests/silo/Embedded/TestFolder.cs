using System.Diagnostics;
using System.Globalization;
using Gantral.Silo.Embedded;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>A short-lived data folder; at its end no process of its cluster lives, however the test went.</summary>
internal sealed class TestFolder : IAsyncDisposable
{
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string _around;

    public TestFolder(string name = "d")
    {
        _around = Directory.CreateTempSubdirectory("gt").FullName;
        File.SetUnixFileMode(_around, Passable);
        Path = System.IO.Path.Combine(_around, name);
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public string Path { get; }

    public string Cluster => In("pg");

    public string PidFile => In("pg", "postmaster.pid");

    public EmbeddedOptions Options => new() { DataFolder = Path, Logger = Log };

    public RecordedLog Log { get; } = new();

    public string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public async Task<EmbeddedPostgres> StartAsync(EmbeddedOptions? options = null)
    {
        using var bound = new CancellationTokenSource(Patience);
        return await EmbeddedPostgres.StartAsync(options ?? Options, bound.Token);
    }

    /// <summary>The sentence with which a start is refused.</summary>
    public async Task<string> RefusalAsync(EmbeddedOptions? options = null) =>
        (await Assert.ThrowsAsync<EmbeddedPostgresException>(async () => await (await StartAsync(options)).DisposeAsync())).Message;

    public Task<IReadOnlyList<int>> ServerProcessesAsync() => ServerProcesses.OfAsync(Cluster, CancellationToken.None);

    /// <summary>Whether a process works in a folder; one that is dead but not yet buried does not.</summary>
    public static bool Lives(int process, string folder) => new FileInfo($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/cwd").LinkTarget == folder;

    /// <summary>kill -9 for every process of the server; the first one first, so that it starts no new ones. Ends when none is left.</summary>
    public async Task KillServerAsync(int postmaster)
    {
        Kill(postmaster);
        while (await ServerProcessesAsync() is { Count: > 0 } left)
        {
            left.ToList().ForEach(Kill);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Every child names its folder on its command line or works in it: silos, initdb, pg_ctl and servers alike.
        await Until.TrueAsync(() =>
        {
            var processes = ProcessesAround().ToList();
            processes.ForEach(Kill);
            return processes.Count == 0;
        });

        Directory.Delete(_around, recursive: true);
    }

    private IEnumerable<int> ProcessesAround()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(System.IO.Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && IsAround(process))
            {
                yield return id;
            }
        }
    }

    private bool IsAround(string process)
    {
        try
        {
            return new FileInfo($"{process}/cwd").LinkTarget?.StartsWith(_around, StringComparison.Ordinal) == true
                || File.ReadAllText($"{process}/cmdline").Contains(_around, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }
}
