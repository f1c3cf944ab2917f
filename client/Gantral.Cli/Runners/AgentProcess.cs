using System.Globalization;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Server;
using Gantral.Client;

namespace Gantral.Cli.Runners;

/// <summary>Does a piece of work by a process of its own: its exit status is the outcome.</summary>
internal sealed class AgentProcess(IReadOnlyList<string> command, bool passToken)
{
    /// <summary>The exit status of a process that checkpointed, to go on once a person has decided.</summary>
    public const int SuspendedStatus = 3;

    private const int LongestLine = 500;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Runs the command to its end. Cancelled, it is killed with all that it started.</summary>
    public async Task<Outcome> RunAsync(RunnerTask task, CancellationToken cancellation)
    {
        using var files = TaskFiles.Of(task);
        using var process = ProcessGroup.Start(command, environs => Tell(environs, task, files));
        var said = LastLineAsync(process.Errors, task.Secrets);
        var status = await process.EndAsync(cancellation).ConfigureAwait(false);
        try
        {
            return OutcomeOf(status, WrittenOutcome.Read(files.Outcome), task.Secrets, await said.WaitAsync(LastWords, cancellation).ConfigureAwait(false));
        }
        catch (FormatException wrong)
        {
            return new Failed($"The process ended with status {status.ToString(CultureInfo.InvariantCulture)}, and its outcome file {wrong.Message}.");
        }
    }

    private static Outcome OutcomeOf(int status, WrittenOutcome written, TaskSecrets secrets, string last) => status switch
    {
        0 => new Completed { Evidence = written.Evidence, Cost = written.Cost },
        SuspendedStatus => new Suspended(written.Checkpoint) { Evidence = written.Evidence, Cost = written.Cost },
        _ => new Failed(written.Error is { } error
            ? error with { Message = Shorten(secrets.Redact(error.Message)) }
            : Shorten($"exit status {status.ToString(CultureInfo.InvariantCulture)}{(last.Length > 0 ? $": {last}" : "")}"))
        {
            Evidence = written.Evidence,
            Cost = written.Cost,
        },
    };

    private void Tell(IDictionary<string, string?> environs, RunnerTask task, TaskFiles files)
    {
        // What is this runner's is not the agent's, unless somebody says so.
        if (!passToken)
        {
            environs.Remove(GantralServer.TokenVariable);
        }

        environs[TaskVariables.InstanceId] = task.InstanceId.ToString("D");
        environs[TaskVariables.TaskId] = task.Claimed.TaskId.ToString("D");
        environs[TaskVariables.FencingToken] = task.Claimed.FencingToken.ToString(CultureInfo.InvariantCulture);
        environs[TaskVariables.Kind] = WireName.Of(task.Kind);
        environs[TaskVariables.Attempt] = task.Claimed.Attempt.ToString(CultureInfo.InvariantCulture);
        environs[TaskVariables.ContextFile] = files.Context;
        environs[TaskVariables.OutcomeFile] = files.Outcome;
        foreach (var stale in environs.Keys.Where(name => name.StartsWith(UsedConnection.VariablePrefix, StringComparison.Ordinal)).ToList())
        {
            environs.Remove(stale);
        }

        // In memory only: whatever happens to this runner, no file with a secret is left behind.
        foreach (var connection in task.Secrets.Connections)
        {
            var secret = task.Secrets[connection.ConnectionId];
            environs[UsedConnection.VariableOf(connection.ConnectionId)] = secret.Contains('\0', StringComparison.Ordinal)
                ? throw new SecretException(connection.Reference, "has a zero byte, which no environment can hold")
                : secret;
        }

        environs.Remove(TaskVariables.CheckpointFile);
        if (task.Checkpoint is not null)
        {
            environs[TaskVariables.CheckpointFile] = files.Checkpoint;
        }
    }

    // Passed on as it comes; only the last line that says something is kept.
    private static async Task<string> LastLineAsync(StreamReader errors, TaskSecrets secrets)
    {
        var last = "";
        while (await errors.ReadLineAsync().ConfigureAwait(false) is { } said)
        {
            // Before it is shortened: a part of a secret is one as well.
            var line = secrets.Redact(said);
            Console.Error.WriteLine(line);
            last = string.IsNullOrWhiteSpace(line) ? last : Shorten(line.Trim());
        }

        return last;
    }

    private static string Shorten(string text) => text.Length <= LongestLine ? text : text[..(char.IsHighSurrogate(text[LongestLine - 1]) ? LongestLine - 1 : LongestLine)] + "…";
}
