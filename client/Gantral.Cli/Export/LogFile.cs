using System.Globalization;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Export;

/// <summary>Fetches the bundle of a log into a file, or goes on with one that broke off.</summary>
internal static class LogFile
{
    // The server looks through what it will send before it begins.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Fetches it whole and answers how many bytes it has.</summary>
    public static Task<long> FetchAsync(GantralServer server, LogWish wish, string output, bool resume, Action<long> progress, CancellationToken interrupted)
    {
        return output == OutputFile.StandardOutput
            ? OutputFile.WriteAsync(output, stream => server.DownloadAsync(wish.Path, stream, progress, interrupted, Patience))
            : OutputFile.WriteOnAsync(output, resume, async file =>
            {
                var rest = wish;
                if (BrokenBundle.Read(file) is { Position: not null } broken)
                {
                    rest = wish.RestOf(broken);
                    file.SetLength(broken.Length);
                }
                else
                {
                    file.SetLength(0);
                }

                var had = file.Position = file.Length;
                await server.DownloadAsync(rest.Path, file, bytes => progress(had + bytes), interrupted, Patience).ConfigureAwait(false);
                RequireWhole(file, output);
                return file.Length;
            });
    }

    // An answer that broke off is refused before; this is for one that was not what was asked for.
    private static void RequireWhole(FileStream file, string output)
    {
        if (BrokenBundle.Read(file) is not { } bundle || bundle.Position != bundle.To - 1)
        {
            throw new CommandRefusedException(ExitStatus.Unavailable, string.Create(
                CultureInfo.InvariantCulture, $"What the server sent is not the whole bundle; it is left in {Printable.Text(OutputFile.DraftOf(output))}."));
        }
    }
}
