using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;

namespace Gantral.Cli.Runners;

/// <summary>The client of whoever runs this: the server of the environment, and a token from there or from a file.</summary>
internal static class Connecting
{
    /// <summary>A client; a file is read anew before each request, so that whoever writes it can renew the token.</summary>
    public static GantralClient To(Uri address, string? tokenFile)
    {
        if (tokenFile is null && Environment.GetEnvironmentVariable(GantralServer.TokenVariable) is not { Length: > 0 })
        {
            throw new CommandRefusedException(ExitStatus.Unavailable, $"{GantralServer.TokenVariable} holds no token. Of a development silo: export {GantralServer.TokenVariable}=$(gantral dev token --actor NAME --team TEAM --role gantral.runner --kind workload)");
        }

        return new GantralClient(new GantralClientOptions
        {
            Address = address,
            Token = async cancellation => tokenFile is null
                ? Environment.GetEnvironmentVariable(GantralServer.TokenVariable)!
                : (await File.ReadAllTextAsync(tokenFile, cancellation).ConfigureAwait(false)).Trim(),
        });
    }

    /// <summary>What went wrong, as a sentence for whoever ran this.</summary>
    public static CommandRefusedException Refused(Exception failed, Uri address) => new(
        ExitStatus.Unavailable,
        failed switch
        {
            GantralException refused => Printable.Text(refused.Detail),
            HttpRequestException => $"No Gantral answers at {Printable.Text(address.ToString())} ({Printable.Text(failed.GetBaseException().Message.TrimEnd('.'))}). Start one with ./run, or set {GantralServer.AddressVariable} to where it is.",
            _ => Printable.Text(failed.Message),
        },
        failed);
}
