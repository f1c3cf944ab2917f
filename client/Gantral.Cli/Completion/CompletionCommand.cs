using System.CommandLine;
using Gantral.Cli.Help;

namespace Gantral.Cli.Completion;

/// <summary><c>gantral completion</c>: what a shell is told so that it completes the command's words.</summary>
internal static class CompletionCommand
{
    // Each asks the command itself, which knows its words.
    private const string Bash =
        """
        _gantral() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(gantral "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _gantral gantral
        """;

    private const string Zsh =
        """
        _gantral() {
          local -a found
          local line="${words[1,CURRENT]}"
          found=("${(@f)$(gantral "[suggest:${#line}]" "$line" 2>/dev/null)}")
          compadd -a found || _files
        }
        compdef _gantral gantral
        """;

    private const string Fish =
        """
        complete -c gantral -a '(set -l line (commandline -cp | string collect); gantral "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new ExplainedCommand(
            "completion",
            "Print what makes a shell complete the words of this command.",
            """
            Exit status: 0 it is printed; 64 the command line is wrong

            Examples:
              source <(gantral completion bash)        # in ~/.bashrc
              source <(gantral completion zsh)         # in ~/.zshrc, behind compinit
              gantral completion fish | source         # in ~/.config/fish/config.fish
            """)
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            Console.Out.WriteLine(parsed.GetRequiredValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return 0;
        });
        return command;
    }
}
