using System.CommandLine;

namespace Gantral.Cli.Development;

/// <summary><c>gantral dev</c>: what only a development silo knows.</summary>
internal static class DevCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("dev", "Work with a silo that ./run started on this machine.") { TokenCommand.Create() };
}
