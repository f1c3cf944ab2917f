using System.CommandLine;

namespace Gantral.Cli.Help;

/// <summary>A command with more to say about it than its line in a list: exit statuses, examples.</summary>
internal class ExplainedCommand(string name, string description, string more) : Command(name, description)
{
    /// <summary>What its own help ends with.</summary>
    public string More => more;
}
