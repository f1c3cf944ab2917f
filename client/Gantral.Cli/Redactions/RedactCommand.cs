using System.CommandLine;
using System.Globalization;
using Gantral.Abstractions.Evidence;
using Gantral.Cli.Decisions;
using Gantral.Cli.Help;
using Gantral.Cli.Instances;
using Gantral.Cli.Server;

namespace Gantral.Cli.Redactions;

/// <summary><c>gantral redact</c>: its words and options.</summary>
internal static class RedactCommand
{
    private const string Id = "01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (id, sequence, fields) = (InstanceArgument.Create(), Sequence(), Fields());
        var justification = new Option<string>("--justification") { Description = "Why, in 3 to 4,000 characters that repeat nothing of what is erased; asked for on a terminal.", HelpName = "TEXT" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask. Needs --justification." };
        var key = new Option<string>("--key") { Description = "The idempotency key of an earlier try whose answer was lost.", HelpName = "KEY" };
        var json = new Option<bool>("--json") { Description = "Print the instance as JSON, and nothing else on standard output." };
        var command = new ExplainedCommand(
            "redact",
            "Erase private content of an entry for good.",
            $"""
            {Erasing.Warning}
            Content that people decide about or a process goes on with can be erased once the instance has ended.
            {Paging.Server} Only a person with gantral.admin erases. It is sent once, under one idempotency key.

            Exit status: 0 it is erased; 4 the instance has not ended yet; 5 you said no; 64 the command line is wrong; 69 the server
              cannot be reached or refuses; 75 the answer was lost, and whether it was erased is not known; 130 interrupted before it was sent

            Examples:
              gantral show {Id}
              gantral redact {Id} --sequence 1 --field trigger_context
              gantral redact {Id} --sequence 3 --field context_snapshot --field justification --yes --justification 'asked for by the person it is about' --json
            """)
        {
            id, sequence, fields, justification, yes, key, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(yes) && result.GetResult(justification) is null)
            {
                result.AddError("--yes needs --justification, which is kept as the reason");
            }
            else if (!result.GetValue(yes) && !Asking.IsPossible)
            {
                result.AddError("There is no terminal to ask on: say --yes, with --justification");
            }
        });
        command.SetAction((parsed, interrupted) =>
        {
            var erasure = new Erasure(parsed.GetValue(id), parsed.GetValue(sequence), [.. parsed.GetRequiredValue(fields).Distinct(StringComparer.Ordinal)])
            {
                Justification = parsed.GetValue(justification),
                IsSure = parsed.GetValue(yes),
                Key = parsed.GetValue(key) ?? Guid.NewGuid().ToString("D"),
                AsJson = parsed.GetValue(json),
            };
            return Connecting.RunAsync("--role gantral.admin", client => new Erasing(client, erasure, interrupted).RunAsync());
        });
        return command;
    }

    private static Option<long> Sequence() => new("--sequence")
    {
        Description = "The entry, by its number in gantral show.",
        HelpName = "NUMBER",
        Required = true,
        CustomParser = result =>
        {
            var text = result.Tokens is [var only] ? only.Value : "";
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                result.AddError("--sequence must be the number of an entry; the first is 1");
            }

            return number;
        },
    };

    private static Option<string[]> Fields()
    {
        var fields = new Option<string[]>("--field") { Description = "A private field of it. May be given several times.", HelpName = "FIELD", Required = true };
        fields.AcceptOnlyFromAmong([.. PrivateFieldNames.All]);
        return fields;
    }
}
