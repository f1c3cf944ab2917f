using Gantral.Cli.Server;
using Gantral.Client;

namespace Gantral.Cli.Logs;

/// <summary>Looks once, or again and again until something is wrong. A server that is away for a while is none of that.</summary>
internal static class Looks
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Looks, and waits so long in between; null looks once.</summary>
    public static async Task RunAsync(TimeSpan? every, Func<Task> look, CancellationToken interrupted)
    {
        var (hasLooked, pause) = (false, every ?? TimeSpan.Zero);
        do
        {
            try
            {
                await look().ConfigureAwait(false);
                (hasLooked, pause) = (true, every ?? TimeSpan.Zero);
            }
            catch (Exception broken) when (hasLooked && every is not null && IsPassing(broken))
            {
                Console.Error.WriteLine($"gantral: {Connecting.Sentence(broken, GantralServer.AddressOfEnvironment())} Looking again in a while.");
                pause = pause * 2 < LongestPause ? pause * 2 : pause;
            }

            await Task.Delay(pause, interrupted).ConfigureAwait(false);
        }
        while (every is not null);
    }

    private static bool IsPassing(Exception failed) => failed is GantralException { IsPassing: true } or HttpRequestException or IOException or TimeoutException;
}
