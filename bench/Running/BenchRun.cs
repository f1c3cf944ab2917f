namespace Gantral.Bench.Running;

/// <summary>One run of the benchmark: how much to measure, where to put files, whom to tell.</summary>
internal sealed class BenchRun(bool quick, TextWriter progress) : IDisposable
{
    private readonly Lazy<DirectoryInfo> _folder = new(() => Directory.CreateTempSubdirectory("gantral-bench-"));

    /// <summary>Whether less is measured.</summary>
    public bool Quick => quick;

    /// <summary>How often each thing is measured.</summary>
    public int Rounds => quick ? 5 : 9;

    /// <summary>A folder that is gone after the run.</summary>
    public string Folder => _folder.Value.FullName;

    /// <summary>Tells whoever waits.</summary>
    public void Say(string text) => progress.WriteLine(text);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Delete(recursive: true);
        }
    }
}
