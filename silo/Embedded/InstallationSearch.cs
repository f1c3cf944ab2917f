namespace Gantral.Silo.Embedded;

/// <summary>Finds PostgreSQL server binaries: on the PATH first, then where packages put them, newest first.</summary>
internal sealed record InstallationSearch(string SearchPath, IReadOnlyList<InstallationPlace> Places)
{
    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    public static InstallationSearch OfThisMachine { get; } = new(
        Environment.GetEnvironmentVariable("PATH") ?? "",
        [
            new("/usr/lib/postgresql", "", "bin"),
            new("/usr", "pgsql-", "bin"),
            new("/opt/homebrew/opt", "postgresql@", "bin"),
            new("/usr/local/opt", "postgresql@", "bin"),
            new("/Applications/Postgres.app/Contents/Versions", "", "bin"),
        ]);

    /// <summary>The binaries to use for a cluster of the given major version, or for a new one.</summary>
    public async Task<Installation> FindAsync(EmbeddedOptions options, string? needed, string cluster, CancellationToken cancellation)
    {
        Installation? preferred = null;
        await foreach (var found in AllAsync(options.BinariesFolder, cancellation))
        {
            preferred ??= found;
            if (needed is null || found.Major == needed)
            {
                if (preferred != found)
                {
                    EmbeddedLog.OlderBinaries(options.Logger, cluster, found.Major, found.Folder, preferred.Major);
                }

                return found;
            }
        }

        throw new EmbeddedPostgresException(preferred is null
            ? $"The PostgreSQL server is not installed: install it (Debian, Ubuntu: apt-get install postgresql-{needed ?? "15"}; macOS: brew install postgresql@{needed ?? "15"}), name the folder of its binaries, or give a connection string."
            : $"The data in '{cluster}' was made by PostgreSQL {needed}, and only {preferred.Major} is installed: install the old one too (apt-get install postgresql-{needed}), or upgrade the folder with pg_upgrade. Nothing was changed.");
    }

    private async IAsyncEnumerable<Installation> AllAsync(string? configured, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (configured is not null && !IsComplete(configured))
        {
            throw new EmbeddedPostgresException($"The folder '{configured}' does not hold the PostgreSQL server binaries (initdb, pg_ctl, postgres): name the right folder, or none to have it searched for.");
        }

        var folders = SearchPath.Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(Places.SelectMany(place => place.Folders()));
        foreach (var folder in folders.Where(IsComplete).Prepend(configured).OfType<string>().Select(Origin).Distinct(StringComparer.Ordinal))
        {
            if (await MajorAsync(folder, cancellation) is { } major)
            {
                yield return new(folder, major);
            }
        }
    }

    private static bool IsComplete(string folder) => Programs.All(program => File.Exists(Path.Combine(folder, program)));

    // A link on the PATH leads to the folder where the rest of PostgreSQL is.
    private static string Origin(string folder) =>
        Path.GetDirectoryName(File.ResolveLinkTarget(Path.Combine(folder, "postgres"), returnFinalTarget: true)?.FullName) is { } origin && IsComplete(origin)
            ? origin
            : Path.GetFullPath(folder);

    // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "postgres (PostgreSQL) 18beta1"
    private static async Task<string?> MajorAsync(string folder, CancellationToken cancellation)
    {
        var outcome = await Command.RunAsync([Path.Combine(folder, "postgres"), "--version"], cancellation);
        var version = outcome.Succeeded ? outcome.Output.Split(' ').FirstOrDefault(word => char.IsAsciiDigit(word[..1].FirstOrDefault())) : null;
        return version is null ? null : string.Concat(version.TakeWhile(char.IsAsciiDigit));
    }
}
