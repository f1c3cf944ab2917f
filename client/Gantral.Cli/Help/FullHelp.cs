using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Gantral.Cli.Help;

/// <summary>The usual help, and behind it what a command has to add.</summary>
internal sealed class FullHelp(HelpAction usual) : SynchronousCommandLineAction
{
    // Whoever asks for help gets it, whatever else the line says.
    public override bool ClearsParseErrors => true;

    /// <summary>Gives every command of a root the full help.</summary>
    public static void Use(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new FullHelp((HelpAction)option.Action!);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExplainedCommand explained)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(explained.More);
        }

        return 0;
    }
}
