using System.CommandLine;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Cli.Help;
using Gantral.Cli.Instances;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Cli.Verify;
using Gantral.Evidence.Json;

namespace Gantral.Cli.Decisions;

/// <summary><c>gantral approve</c>, <c>reject</c> and <c>override</c>: their words and options.</summary>
internal static class DecideCommand
{
    private const int MostDeltaBytes = 256 * 1024;
    private const string Id = "01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c";

    /// <summary>Makes the three commands.</summary>
    public static IEnumerable<Command> Create() =>
    [
        Create("approve", DecisionType.Approve, "Let the work go on with exactly what is shown."),
        Create("reject", DecisionType.Reject, "Stop the instance for good."),
        Create("override", DecisionType.Override, "Let the work go on with a changed context."),
    ];

    private static ExplainedCommand Create(string name, DecisionType type, string description)
    {
        var id = InstanceArgument.Create();
        var justification = new Option<string>("--justification") { Description = "Why, in 3 to 4,000 characters; asked for on a terminal.", HelpName = "TEXT" };
        var role = new Option<string>("--role") { Description = "The role to act in; not needed when you hold only one that may decide this.", HelpName = "ROLE" };
        var delta = new Option<string>("--delta") { Description = "What to change: a JSON merge patch, or a file with one.", HelpName = "JSON|FILE", Required = type == DecisionType.Override };
        var hash = new Option<string>("--snapshot-hash") { Description = "The hash of what you have seen, as gantral show and gantral pending --json say it.", HelpName = "HASH" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask. Needs --snapshot-hash, so that nobody decides unseen, and --justification." };
        var key = new Option<string>("--key") { Description = "The idempotency key of an earlier try whose answer was lost.", HelpName = "KEY" };
        var json = new Option<bool>("--json") { Description = "Print the decision as JSON, and nothing else on standard output." };
        var changes = type == DecisionType.Override ? " --delta '{\"percent\":5}'" : "";
        var command = new ExplainedCommand(
            name,
            description,
            $"""
            It shows what the decision would bind, computes its hash on this machine and refuses when that is not the one that would be
            bound; then it asks. Somebody who was faster, or a snapshot that has changed meanwhile, is told with what happened instead.
            {Paging.Server} Only a person's token decides. It is sent once, under one idempotency key.

            Exit status: 0 it is decided; 3 what is shown is not what would be bound, or was erased; 4 it does not wait any more, or what
              is asked has changed; 5 you said no; 64 the command line is wrong; 69 the server cannot be reached or refuses;
              75 the answer was lost, and whether it was decided is not known; 130 interrupted before it was sent

            Examples:
              gantral {name} {Id}{changes}
              gantral {name} {Id}{changes} --yes --snapshot-hash HASH --justification 'checked the change' --json
            """)
        {
            id, justification, role, hash, yes, key, json,
        };
        if (type == DecisionType.Override)
        {
            command.Add(delta);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(yes) && (result.GetResult(hash) is null || result.GetResult(justification) is null))
            {
                result.AddError("--yes needs --snapshot-hash, the hash of what you have seen, and --justification");
            }
            else if (!result.GetValue(yes) && !Asking.IsPossible)
            {
                result.AddError("There is no terminal to ask on: say --yes, with --snapshot-hash and --justification");
            }
        });
        command.SetAction((parsed, interrupted) =>
        {
            var wish = new Wish(type, parsed.GetValue(id))
            {
                Role = parsed.GetValue(role),
                Justification = parsed.GetValue(justification),
                Delta = type == DecisionType.Override ? DeltaOf(parsed.GetRequiredValue(delta)) : null,
                SnapshotHash = parsed.GetValue(hash),
                IsSure = parsed.GetValue(yes),
                Key = parsed.GetValue(key) ?? Guid.NewGuid().ToString("D"),
                AsJson = parsed.GetValue(json),
            };
            return Connecting.RunAsync("--role ROLE", client => new Deciding(client, wish, interrupted).RunAsync());
        });
        return command;
    }

    private static CanonicalBytes DeltaOf(string given)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(given);
        if (!given.TrimStart().StartsWith('{') && !InputFile.TryRead(given, MostDeltaBytes, out bytes, out var fault))
        {
            throw new CommandRefusedException(ExitStatus.Usage, $"--delta is neither a JSON object nor a file that can be read: {fault}.");
        }

        return CanonicalJson.TryCanonicalize(bytes, JsonLimits.Default, out var delta, out var wrong) && delta.Span[0] == '{'
            ? delta
            : throw new CommandRefusedException(ExitStatus.Usage, $"--delta is no JSON object{(delta.IsEmpty ? $": {Printable.Text(wrong.Message)}" : "")}.");
    }
}
