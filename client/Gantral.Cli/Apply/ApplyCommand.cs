using System.CommandLine;
using System.Text.Json.Nodes;
using Gantral.Cli.Help;
using Gantral.Cli.Instances;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Apply;

/// <summary><c>gantral apply</c>: registers what files define.</summary>
internal static class ApplyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var files = new Option<string[]>("--file", "-f") { Description = "A JSON file with a definition or a list of them, or a folder of such files. May be given several times.", HelpName = "FILE|DIR", Required = true, Arity = ArgumentArity.OneOrMore };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, and do nothing." };
        var json = new Option<bool>("--json") { Description = "Print what was done as JSON, and nothing else on standard output." };
        var command = new ExplainedCommand(
            "apply",
            "Register policies, connections and workflows from files.",
            $"""
            {Paging.Server} The roles are gantral.policy_author for policies
            and gantral.author for the others. A definition is the body of POST /v1/policies, /v1/connections or /v1/workflows.

            Policies come first, then connections, then workflows. A version never changes: one that is there with the same content
            is unchanged, and one that is there with other content is an error; nothing is registered then. Run it as often as you like.

            Exit status: 0 all of it is registered; 3 a file cannot be used; 4 a version is there with other content; 64 the command
              line is wrong; 69 the server cannot be reached or refuses

            Examples:
              gantral apply -f gantral/
              gantral apply -f guard.json -f deploy.json --dry-run
            """)
        {
            files, dryRun, json,
        };
        command.SetAction((parsed, interrupted) =>
        {
            var definitions = DefinitionFiles.Read(parsed.GetRequiredValue(files));
            return Connecting.RunAsync("--role gantral.author --role gantral.policy_author", async client =>
            {
                var applying = new Applying(client, interrupted);
                var isNew = await applying.CompareAsync(definitions).ConfigureAwait(false);
                var word = parsed.GetValue(dryRun) ? "would register" : "registered";
                var done = new List<(Definition Definition, string Result)>();
                try
                {
                    foreach (var definition in definitions)
                    {
                        if (isNew.Contains(definition) && !parsed.GetValue(dryRun))
                        {
                            await applying.RegisterAsync(definition).ConfigureAwait(false);
                        }

                        done.Add((definition, isNew.Contains(definition) ? word : "unchanged"));
                    }
                }
                finally
                {
                    // Also of one that stopped in the middle: what is registered stays.
                    Print(done, parsed.GetValue(json));
                }

                return 0;
            });
        });
        return command;
    }

    private static void Print(List<(Definition Definition, string Result)> done, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(new JsonObject
            {
                ["definitions"] = new JsonArray([.. done.Select(one => new JsonObject
                {
                    ["kind"] = one.Definition.Kind.ToString().ToLowerInvariant(),
                    ["id"] = one.Definition.Id,
                    ["version"] = one.Definition.Version,
                    ["result"] = one.Result,
                    ["file"] = one.Definition.File,
                })]),
            }.ToJsonString());
            return;
        }

        var colour = Colour.OfThisProcess();
        foreach (var (definition, result) in done)
        {
            Console.Out.WriteLine($"{(result == "registered" ? colour.Good(result) : result)}  {definition.Name}  {colour.Faint(Printable.Text(definition.File))}");
        }
    }
}
