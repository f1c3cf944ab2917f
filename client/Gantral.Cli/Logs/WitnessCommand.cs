using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Help;
using Gantral.Cli.Instances;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Cli.Verify;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Logs;

/// <summary><c>gantral witness</c>: somebody who is not the operator, and signs that a log only grew.</summary>
internal static class WitnessCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (log, keys, once, every, json) = (LogOptions.Log(), LogOptions.Keys(), LogOptions.Once(), LogOptions.Every(), LogOptions.JsonLines());
        var (name, key) = (Name(), Key());
        var state = new Option<string>("--state") { Description = "The file that holds the head that was signed last, with this witness' line. It is what makes a witness: keep it, and never go back to an older one.", HelpName = "FILE", Required = true };
        var keep = new Option<bool>("--keep") { Description = "Only write the signed head to --state, and hand nothing to the server." };
        var command = new ExplainedCommand(
            "witness",
            "Sign the heads of a log, each only as a continuation of the one before.",
            $"""
            {Paging.Server} A witness is run by somebody else than the silo, on another machine. It looks at the newest
            checkpoint, checks the trusted signature and that the log only grew since the head that it signed last, adds a line of its
            own and hands it to the server, which puts it into the checkpoint and into bundles if the operator named the witness in
            Gantral:WitnessKeysFile. Whoever verifies those with a keys file that names the witness reads anchor: witnessed.

            A log that is smaller than what was signed, or no continuation of it, ends this with INVALID, unsigned. Both checkpoints lie in
            FILE.contradiction.

            Exit status: 0 (with --once) the newest head is signed; 1 INVALID; 2 INCONCLUSIVE, no key of this log is trusted; 3 the keys or
            the state cannot be used; 4 the server's log has another name; 64 the command line is wrong; 69 the server cannot be reached or
            refuses, or does not know this witness; 73 the state cannot be written; 130 Ctrl-C

            Examples:
              gantral witness keygen --name witness.example/1 --key witness.pem > witness.json
              gantral witness --name witness.example/1 --key witness.pem --keys keys.json --state signed.txt
            """)
        {
            log, keys, name, key, state, keep, once, every, json, CreateKeygen(),
        };
        command.SetAction((parsed, interrupted) =>
        {
            if (!KeysFile.TryRead(parsed.GetRequiredValue(keys), out var trusted, out var fault))
            {
                throw new CommandRefusedException(ExitStatus.Unusable, fault);
            }

            return Connecting.RunAsync("--role gantral.auditor", async client =>
            {
                using var signer = WitnessKey.Read(parsed.GetRequiredValue(key), Checked(parsed.GetRequiredValue(name)));
                using var turn = Turn(parsed.GetRequiredValue(state));
                var witnessing = new Witnessing(client, trusted, signer, parsed.GetValue(log), parsed.GetRequiredValue(state), interrupted);
                return await RunAsync(witnessing, parsed.GetRequiredValue(state), !parsed.GetValue(keep), parsed.GetValue(once) ? null : parsed.GetValue(every), parsed.GetValue(json), interrupted).ConfigureAwait(false);
            });
        });
        return command;
    }

    private static ExplainedCommand CreateKeygen()
    {
        var (name, key) = (Name(), Key());
        var command = new ExplainedCommand(
            "keygen",
            "Make the key of a witness, and print its public half as a keys file.",
            """
            What is printed goes to the operator (Gantral:WitnessKeysFile), and its entry of witnesses into the keys file of every
            auditor who is to believe this witness. The private key stays where it is.

            Exit status: 0 the key is made; 64 the command line is wrong; 73 it cannot be written, or there is one already

            Example:
              gantral witness keygen --name witness.example/1 --key witness.pem > witness.json
            """)
        {
            name, key,
        };
        command.SetAction(parsed =>
        {
            Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(WitnessKey.Make(parsed.GetRequiredValue(key), Checked(parsed.GetRequiredValue(name)))));
            return 0;
        });
        return command;
    }

    private static async Task<int> RunAsync(Witnessing witnessing, string state, bool handsIn, TimeSpan? every, bool json, CancellationToken interrupted)
    {
        var signed = witnessing.Signed();
        var isHandedIn = false;
        try
        {
            await Looks.RunAsync(
                every,
                async () =>
                {
                    var before = signed;
                    signed = await witnessing.SignAsync(before).ConfigureAwait(false);
                    var isNew = before is null || signed.Checkpoint.Size > before.Checkpoint.Size;
                    // Once more where nobody knows whether the last run came so far.
                    if (handsIn && (isNew || !isHandedIn))
                    {
                        isHandedIn = false;
                        await HandInAsync(witnessing, signed).ConfigureAwait(false);
                    }

                    if (isNew || !isHandedIn)
                    {
                        Tell(signed, before, json);
                    }

                    isHandedIn = true;
                },
                interrupted).ConfigureAwait(false);
            return 0;
        }
        catch (HeadRefusedException refused)
        {
            return Contradiction.Tell(refused, signed, $"{state}.contradiction", json);
        }
    }

    private static async Task HandInAsync(Witnessing witnessing, NotedHead signed)
    {
        if (!await witnessing.HandInAsync(signed).ConfigureAwait(false))
        {
            throw new CommandRefusedException(ExitStatus.Unavailable, "The head is signed, but the server does not keep it: its operator has not named this witness and its key in Gantral:WitnessKeysFile. Ask for that, or run with --keep.");
        }
    }

    private static void Tell(NotedHead head, NotedHead? before, bool json) => Console.Out.WriteLine(json
        ? new JsonObject { ["verdict"] = WireName.Of(Verdict.Valid), ["code"] = WireName.Of(FindingCode.Ok), ["origin"] = head.Checkpoint.Origin, ["from"] = before?.Checkpoint.Size ?? 0, ["size"] = head.Checkpoint.Size, ["root"] = head.Checkpoint.Root.ToString() }.ToJsonString()
        : string.Create(CultureInfo.InvariantCulture, $"Signed {Printable.Text(head.Checkpoint.Origin)} at {head.Checkpoint.Size} entries{(before is null ? ", the first head that this witness saw" : "")}."));

    private static Option<string> Name() => new("--name") { Description = "The name of the witness, such as witness.example/1.", HelpName = "NAME", Required = true };

    private static Option<string> Key() => new("--key") { Description = "The file with the witness' private key.", HelpName = "FILE", Required = true };

    private static string Checked(string name) => Checkpoint.IsOrigin(name)
        ? name
        : throw new CommandRefusedException(ExitStatus.Usage, "A witness' name has 1 to 255 bytes and no space, plus or control character, such as witness.example/1.");

    private static FileStream Turn(string state)
    {
        try
        {
            return new FileStream($"{state}.turn", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandRefusedException(ExitStatus.CannotWrite, $"{Printable.Text(state)} cannot be written: {Printable.Text(refused.Message.TrimEnd('.'))}. One process at a time may use it.", refused);
        }
    }
}
