using Gantral.Cli.Terminal;
using Gantral.Client;

namespace Gantral.Cli.Server;

/// <summary>The client of whoever runs this: the server of the environment, and a token from there or from a file.</summary>
internal static class Connecting
{
    private const string RunnerHint = "--role gantral.runner --kind workload";

    /// <summary>A client; a file is read anew before each request, so that whoever writes it can renew the token.</summary>
    public static GantralClient To(Uri address, string? tokenFile, string roleHint = RunnerHint)
    {
        if (tokenFile is null && Environment.GetEnvironmentVariable(GantralServer.TokenVariable) is not { Length: > 0 })
        {
            throw new CommandRefusedException(ExitStatus.Unavailable, $"{GantralServer.TokenVariable} holds no token. Of a development silo: export {GantralServer.TokenVariable}=$(gantral dev token --actor NAME --team TEAM {roleHint})");
        }

        return new GantralClient(new GantralClientOptions
        {
            Address = address,
            Token = async cancellation => tokenFile is null
                ? Environment.GetEnvironmentVariable(GantralServer.TokenVariable)!
                : (await File.ReadAllTextAsync(tokenFile, cancellation).ConfigureAwait(false)).Trim(),
        });
    }

    /// <summary>Has something done with the client of the environment; what is refused ends in a sentence.</summary>
    public static async Task<int> RunAsync(string roleHint, Func<GantralClient, Task<int>> work)
    {
        var address = GantralServer.AddressOfEnvironment();
        using var client = To(address, tokenFile: null, roleHint);
        try
        {
            return await work(client).ConfigureAwait(false);
        }
        catch (Exception failed) when (IsOfServer(failed))
        {
            throw Refused(failed, address);
        }
    }

    /// <summary>Whether the server refused, or did not answer.</summary>
    public static bool IsOfServer(Exception failed) => failed is GantralException or HttpRequestException or TimeoutException or HttpIOException;

    /// <summary>Whether it may have been done although no answer says so; one that was interrupted may have been as well.</summary>
    public static bool IsLost(Exception failed) =>
        failed is HttpRequestException or TimeoutException or OperationCanceledException or GantralException { Code: ProblemCode.NotGantral or ProblemCode.Overloaded or ProblemCode.InternalError };

    /// <summary>Why no answer says so.</summary>
    public static string WhyLost(Exception failed) => Printable.Text((failed as GantralException)?.Detail ?? failed.GetBaseException().Message.TrimEnd('.'));

    /// <summary>What went wrong, as a sentence for whoever ran this.</summary>
    public static CommandRefusedException Refused(Exception failed, Uri address) => new(ExitStatus.Unavailable, Sentence(failed, address), failed);

    /// <summary>The same, without an end to the command.</summary>
    public static string Sentence(Exception failed, Uri address) => failed switch
    {
        GantralException { Code: ProblemCode.Unauthenticated } refused => $"The server does not accept the token in {GantralServer.TokenVariable}: {Printable.Text(refused.Detail)}",
        GantralException { Code: ProblemCode.InternalError, TraceId: { } trace } refused => $"{Printable.Text(refused.Detail)} Its log has more under {Printable.Text(trace)}.",
        GantralException refused => Printable.Text(refused.Detail),
        HttpRequestException => $"No Gantral answers at {Printable.Text(address.ToString())} ({Printable.Text(failed.GetBaseException().Message.TrimEnd('.'))}). Start one with ./run, or set {GantralServer.AddressVariable} to where it is.",
        _ => Printable.Text(failed.Message),
    };
}
