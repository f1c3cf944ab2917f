using System.Diagnostics;
using System.Globalization;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Runners;

/// <summary>A folder with agents that are shell scripts, what they write, and the command <c>gantral</c>.</summary>
internal sealed class AgentFolder : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // From its own folder: in that of these tests it would lack what the server's framework brings.
    public static readonly string Command = AppContext.BaseDirectory.Replace(System.IO.Path.Combine("tests", "silo"), System.IO.Path.Combine("client", "Gantral.Cli"), StringComparison.Ordinal) + "gantral.dll";

    public AgentFolder()
    {
        Directory.CreateDirectory(Temporary);
        Script("gantral", $"exec '{SiloUnderTest.Host}' '{Command}' \"$@\"");
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("gantral-agent-").FullName;

    /// <summary>Where the runner puts the files of its tasks.</summary>
    public string Temporary => System.IO.Path.Combine(Path, "tmp");

    /// <summary>Writes a script and answers where it is.</summary>
    public string Script(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, Executable);
        return path;
    }

    /// <summary>What an agent wrote into a file, once it is there as a whole line.</summary>
    public async Task<string> ReadAsync(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        await Until.TrueAsync(() => File.Exists(path) && File.ReadAllText(path).EndsWith('\n'));
        return (await File.ReadAllTextAsync(path)).TrimEnd('\n');
    }

    /// <summary>Lets agents that wait for a file go on.</summary>
    public void Write(string name) => File.WriteAllText(System.IO.Path.Combine(Path, name), "\n");

    /// <summary>Whether a process is there that is not dead already.</summary>
    public static bool Lives(string process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].StartsWith(" Z", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Ends what a killed runner left behind: agents write their process id into files named pid….</summary>
    public void Dispose()
    {
        foreach (var file in Directory.EnumerateFiles(Path, "pid*"))
        {
            foreach (var process in File.ReadAllLines(file).Where(Lives))
            {
                using var left = Process.GetProcessById(int.Parse(process, CultureInfo.InvariantCulture));
                left.Kill(entireProcessTree: true);
            }
        }

        Directory.Delete(Path, recursive: true);
    }
}
