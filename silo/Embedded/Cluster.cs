using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Embedded;

/// <summary>Initialises the cluster beside its place and moves it there as the last step: what is in place is whole.</summary>
internal sealed class Cluster(DataFolder folder, SecretFiles secrets, ServerAccount account, ILogger logger)
{
    private const string DraftPrefix = "pg.new-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Leaves a finished cluster alone, and makes one where there is none.</summary>
    public async Task EnsureAsync(Installation installation, CancellationToken cancellation)
    {
        RemoveDrafts();
        if (folder.ClusterMajor is not null)
        {
            if (!secrets.Holds(Logins.Superuser))
            {
                throw new EmbeddedPostgresException($"There is a cluster in '{folder.Cluster}' but not its password in '{folder.Secrets}': restore that folder from where the cluster came from. Nothing was changed.");
            }

            return;
        }

        if (Directory.Exists(folder.Cluster))
        {
            if (Directory.EnumerateFileSystemEntries(folder.Cluster).Any())
            {
                throw new EmbeddedPostgresException($"'{folder.Cluster}' holds something that is not a PostgreSQL cluster: move it away. Nothing was changed.");
            }

            Directory.Delete(folder.Cluster);
        }

        EmbeddedLog.Initialising(logger, installation.Major, folder.Cluster);
        await InitialiseAsync(installation, cancellation);
    }

    private async Task InitialiseAsync(Installation installation, CancellationToken cancellation)
    {
        // A name of its own: the initdb of a silo that died may still be writing to the last one.
        var draft = Path.Combine(folder.ServerRoot, DraftPrefix + Path.GetRandomFileName());
        var cluster = Path.Combine(draft, "pg");
        var password = new Note(Path.Combine(draft, "password"));
        Directory.CreateDirectory(draft, OwnerOnly);
        password.Write(secrets.Password(Logins.Superuser));
        await account.GiveAsync(password.Path, cancellation);
        await account.GiveAsync(draft, cancellation);

        var outcome = await account.RunAsync(
            [
                installation.Program("initdb"), "-D", cluster, "-U", Logins.Superuser, $"--pwfile={password.Path}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--data-checksums",
            ], cancellation);
        password.Forget();
        if (!outcome.Succeeded)
        {
            throw new EmbeddedPostgresException($"PostgreSQL could not initialise '{folder.Cluster}': {outcome.Output}");
        }

        Directory.Move(cluster, folder.Cluster);
        Directory.Delete(draft);
        // initdb has flushed its files; the move must outlive a power failure as well.
        await Command.RunAsync(["sync", folder.ServerRoot], cancellation);
    }

    private void RemoveDrafts()
    {
        foreach (var draft in Directory.EnumerateDirectories(folder.ServerRoot, $"{DraftPrefix}*").ToList())
        {
            try
            {
                Directory.Delete(draft, recursive: true);
                EmbeddedLog.RemovedHalf(logger, draft);
            }
            catch (IOException)
            {
                // A dying initdb is still writing there; the next start removes it.
            }
        }
    }
}
