using System.CommandLine;

namespace Gantral.Cli.Logs;

/// <summary><c>gantral log</c>: logs as those see them who need not trust the server.</summary>
internal static class LogCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("log", "Follow a log from outside.") { FollowCommand.Create() };
}
