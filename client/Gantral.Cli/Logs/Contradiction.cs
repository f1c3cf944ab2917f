using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Logs;

/// <summary>What is done when a server's log cannot be believed: both heads are kept side by side, and somebody is told loudly.</summary>
internal static class Contradiction
{
    /// <summary>Keeps both, tells, and answers how the command ends.</summary>
    public static int Tell(HeadRefusedException refused, NotedHead? kept, string folder, bool json)
    {
        var shown = refused.Offered is { } offered ? Keep(folder, "shown", offered) : null;
        var proof = kept is not null && shown is not null ? Keep(folder, "kept", kept.Note) : null;
        Console.Error.WriteLine($"gantral: {WireName.Of(refused.Verdict)} ({refused.Code}): {refused.Message}");
        if (proof is not null)
        {
            Console.Error.WriteLine($"What was kept is as it was. Both checkpoints are kept as the proof: {Printable.Text(proof)} and {Printable.Text(shown!)}. Change nothing, and tell whoever runs this silo and its auditors.");
        }

        if (json)
        {
            Console.Out.WriteLine(new JsonObject { ["verdict"] = WireName.Of(refused.Verdict), ["code"] = refused.Code, ["reason"] = refused.Message, ["kept"] = proof, ["shown"] = shown }.ToJsonString());
        }

        return refused.ExitStatus;
    }

    // Under a name that no other note has, so that none is ever written over.
    private static string Keep(string folder, string name, byte[] note)
    {
        var path = Path.Combine(folder, $"{name}-{Convert.ToHexStringLower(SHA256.HashData(note))[..16]}.txt");
        AtomicFile.Keep(path, note);
        return path;
    }
}
