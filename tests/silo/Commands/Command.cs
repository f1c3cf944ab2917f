using System.Diagnostics;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Runners;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Commands;

/// <summary>The command as people run it against a silo: a process of its own.</summary>
internal static class Command
{
    /// <summary>Runs it to its end, in somebody's name.</summary>
    public static async Task<Ran> RunAsync(this ServedSilo silo, string who, params string[] words) =>
        await EndAsync(Launch(silo.Address, silo.Token(who), [SiloUnderTest.Host, AgentFolder.Command, .. words]), "");

    /// <summary>Runs it on a terminal, on which somebody types.</summary>
    public static async Task<Ran> TypeAsync(this ServedSilo silo, string who, string typed, params string[] words)
    {
        var line = string.Join(' ', new[] { SiloUnderTest.Host, AgentFolder.Command }.Concat(words).Select(word => $"'{word}'"));
        return await EndAsync(Launch(silo.Address, silo.Token(who), ["script", "-qec", line, "/dev/null"], ("TERM", "xterm")), typed);
    }

    /// <summary>Starts it and leaves it running.</summary>
    public static Process Start(this ServedSilo silo, string who, Uri address, params string[] words) =>
        Launch(address, silo.Token(who), [SiloUnderTest.Host, AgentFolder.Command, .. words]);

    /// <summary>Starts a program with the environment of the command.</summary>
    public static Process Launch(Uri address, string token, string[] words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GANTRAL_URL"] = address.ToString();
        start.Environment["GANTRAL_TOKEN"] = token;
        start.Environment.Remove("GANTRAL_DATA");
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<Ran> EndAsync(Process started, string typed)
    {
        using var process = started;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(typed);
        await process.StandardInput.FlushAsync();
        if (typed.Length == 0)
        {
            process.StandardInput.Close();
        }

        await process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return new Ran(process.ExitCode, await output, await error);
    }
}
