using System.CommandLine;
using System.CommandLine.Parsing;
using System.Xml;
using Gantral.Abstractions.Identity;
using Gantral.Cli.Help;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Development;

/// <summary><c>gantral dev token</c>: its words and options.</summary>
internal static class TokenCommand
{
    private const string DataVariable = "GANTRAL_DATA";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var actor = new Option<string>("--actor") { Description = "Whom the token speaks for.", HelpName = "NAME", Required = true };
        var team = Names("--team", "A team it speaks for. May be given several times.");
        team.Required = true;
        var role = Names("--role", "A role it holds, such as gantral.operator or one that a policy names. May be given several times.");
        var kind = new Option<string>("--kind") { Description = "human or workload; only a human decides.", HelpName = "KIND", DefaultValueFactory = _ => DevelopmentIdentity.Human };
        kind.AcceptOnlyFromAmong(DevelopmentIdentity.Human, "workload");
        var ttl = new Option<TimeSpan>("--ttl")
        {
            Description = "How long it holds, at most P1D.",
            HelpName = "DURATION",
            CustomParser = Lifetime,
            DefaultValueFactory = _ => TimeSpan.FromHours(1),
        };
        var data = new Option<string>("--data") { Description = $"The data folder of the silo; {DataVariable} when not given.", HelpName = "DIR" };
        foreach (var option in new Option[] { actor, team, role })
        {
            option.Validators.Add(RefuseEmpty);
        }

        var command = new ExplainedCommand(
            "token",
            "Print a token for a development silo, signed with the key in its data folder.",
            """
            Exit status: 0 the token is printed; 3 the key cannot be used; 64 the command line is wrong

            Example:
              export GANTRAL_TOKEN=$(gantral dev token --actor alice --team payments --role release-manager)
            """)
        {
            actor, team, role, kind, ttl, data,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(data) ?? Environment.GetEnvironmentVariable(DataVariable),
            new DevelopmentToken
            {
                Actor = parsed.GetRequiredValue(actor),
                Teams = parsed.GetValue(team) ?? [],
                Roles = parsed.GetValue(role) ?? [],
                Kind = parsed.GetRequiredValue(kind),
                From = DateTimeOffset.UtcNow,
                Lifetime = parsed.GetValue(ttl),
            }));
        return command;
    }

    private static int Run(string? dataFolder, DevelopmentToken token)
    {
        if (string.IsNullOrEmpty(dataFolder))
        {
            Console.Error.WriteLine($"gantral: name the data folder of the silo with --data or in {DataVariable}.");
            return ExitStatus.Usage;
        }

        if (!DevelopmentKey.TryRead(dataFolder, out var key, out var fault))
        {
            Console.Error.WriteLine($"gantral: {fault}");
            return ExitStatus.Unusable;
        }

        using (key)
        {
            Console.Out.WriteLine(token.Sign(key));
            return 0;
        }
    }

    private static Option<string[]> Names(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static void RefuseEmpty(OptionResult result)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError($"{result.Option.Name} must not be empty");
        }
    }

    private static TimeSpan Lifetime(ArgumentResult result)
    {
        var text = result.Tokens is [var only] ? only.Value : "";
        try
        {
            if (XmlConvert.ToTimeSpan(text) is var span && span > TimeSpan.Zero && span <= Longest)
            {
                return span;
            }
        }
        catch (Exception refused) when (refused is FormatException or OverflowException)
        {
            // Told below, like every other fault.
        }

        result.AddError($"--ttl must be an ISO 8601 duration such as PT1H, positive and at most P1D; it is '{Printable.Text(text)}'");
        return default;
    }
}
