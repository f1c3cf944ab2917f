using System.Globalization;
using Gantral.Cli.Logs;
using Gantral.Cli.Server;
using Gantral.Cli.Verify;
using Gantral.Client;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Doctor;

/// <summary>The newest head of a log: signed by a trusted key, and grown from the one that is remembered.</summary>
internal sealed class LogHead(GantralClient client, TrustedKeys keys, int log, CancellationToken interrupted)
{
    private const string Name = "log head";
    private const string Alarm = "Keep both, change nothing, and tell whoever runs this silo and its auditors.";

    private readonly NewestHead _newest = new(client, keys, log, interrupted);

    /// <summary>Checks the head, and remembers it if it holds.</summary>
    public async Task<Check> CheckAsync(string? file)
    {
        NotedHead? kept = null;
        if (file is not null && File.Exists(file))
        {
            if (!KnownCheckpoint.TryRead(file, keys, out var known, out var wrong))
            {
                return Check.Fail(Name, wrong);
            }

            kept = new NotedHead([], known);
        }

        try
        {
            var newest = await _newest.AskAsync(kept).ConfigureAwait(false);
            var size = $"{newest.Checkpoint.Origin} has {Words(newest.Checkpoint.Size)} entries, signed by a known key";
            return await RememberAsync(file, newest.Note, newest.Checkpoint, kept is null ? size : $"{size}; it only grew since {Words(kept.Checkpoint.Size)}").ConfigureAwait(false);
        }
        catch (HeadRefusedException refused)
        {
            return Check.Fail(Name, refused.Message, Alarm);
        }
        catch (CommandRefusedException other) when (other.Status == ExitStatus.Overtaken)
        {
            return Check.Fail(Name, other.Message);
        }
    }

    private static async Task<Check> RememberAsync(string? file, byte[] note, Checkpoint head, string found)
    {
        if (file is null)
        {
            return Check.Ok(Name, found);
        }

        await OutputFile.WriteAsync(file, async output =>
        {
            await output.WriteAsync(note).ConfigureAwait(false);
            return note.Length;
        }).ConfigureAwait(false);
        return Check.Ok(Name, $"{found}; {Words(head.Size)} remembered in {file}");
    }

    private static string Words(long number) => number.ToString(CultureInfo.InvariantCulture);
}
