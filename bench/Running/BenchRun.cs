namespace Gantral.Bench.Running;

/// <summary>One run of the benchmark: how much to measure, where to put files, whom to tell.</summary>
internal sealed class BenchRun(bool quick, TextWriter progress) : IDisposable
{
    private readonly Lazy<DirectoryInfo> _folder = new(MakeFolder);

    /// <summary>Whether less is measured.</summary>
    public bool Quick => quick;

    /// <summary>How often each thing is measured.</summary>
    public int Rounds => quick ? 5 : 9;

    /// <summary>A folder that is gone after the run.</summary>
    public string Folder => _folder.Value.FullName;

    /// <summary>Processor time of the databases of this run that are gone, in seconds.</summary>
    public double DatabaseSeconds { get; private set; }

    /// <summary>Takes what a database took, at its end.</summary>
    public void Took(double databaseSeconds) => DatabaseSeconds += databaseSeconds;

    /// <summary>Tells whoever waits.</summary>
    public void Say(string text) => progress.WriteLine(text);

    // The account that a PostgreSQL of the benchmark runs as must pass through.
    private static DirectoryInfo MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("gantral-bench-");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.FullName, folder.UnixFileMode | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Delete(recursive: true);
        }
    }
}
