using System.Text.Json.Nodes;
using Gantral.Client;

namespace Gantral.Cli.Runners;

/// <summary>The files of one task, in a folder that nobody else may look into and that goes when the task is over.</summary>
internal sealed class TaskFiles : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Made with mode 0700.
    private readonly string _folder = Directory.CreateTempSubdirectory("gantral-task-").FullName;

    private TaskFiles()
    {
    }

    /// <summary>What the work is to use.</summary>
    public string Context => Path.Combine(_folder, "context.json");

    /// <summary>Where the process before left off; there only for what goes on.</summary>
    public string Checkpoint => Path.Combine(_folder, "checkpoint.json");

    /// <summary>Where the process may say more than its exit status does.</summary>
    public string Outcome => Path.Combine(_folder, "outcome.json");

    /// <summary>The files that a task begins with.</summary>
    public static TaskFiles Of(RunnerTask task)
    {
        var files = new TaskFiles();
        Write(files.Context, task.Context?.ToJsonString() ?? "null");
        if (task.Checkpoint is { } checkpoint)
        {
            Write(files.Checkpoint, new JsonObject { ["ref"] = checkpoint.Ref, ["hash"] = checkpoint.Hash }.ToJsonString());
        }

        return files;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Own;
        }

        using var file = new StreamWriter(path, options);
        file.Write(text);
    }
}
