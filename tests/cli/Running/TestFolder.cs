namespace Gantral.Cli.Tests.Running;

/// <summary>A folder for the files of one test.</summary>
public sealed class TestFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Name { get; } = Directory.CreateTempSubdirectory("gantral-cli-").FullName;

    /// <summary>Writes a file and answers its path.</summary>
    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(Name, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Name, recursive: true);
}
