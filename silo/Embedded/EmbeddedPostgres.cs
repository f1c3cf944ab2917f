namespace Gantral.Silo.Embedded;

/// <summary>A private PostgreSQL in the silo's data folder: found, initialised, started or adopted, and stopped with the silo.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly Server _server;
    private readonly Logins _logins;
    private readonly FolderLock _lock;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile PostmasterFile _running;
    private bool _stopped;

    private EmbeddedPostgres(DataFolder folder, Server server, Logins logins, FolderLock folderLock, PostmasterFile running)
    {
        _folder = folder;
        _server = server;
        _logins = logins;
        _lock = folderLock;
        _running = running;
    }

    /// <summary>The process id of the server.</summary>
    public int ServerProcessId => _running.ProcessId;

    /// <summary>Takes the data folder and brings its server up. Throws <see cref="EmbeddedPostgresException"/> with a sentence when it cannot.</summary>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedOptions options, CancellationToken cancellation = default)
    {
        var folder = DataFolder.Open(options.DataFolder);
        var folderLock = FolderLock.Take(folder);
        try
        {
            var installation = await options.Search.FindAsync(options, folder.ClusterMajor, folder.Cluster, cancellation);
            var account = await ServerAccount.ChooseAsync(options, folder, cancellation);
            await account.MustEnterAsync(folder, options.Logger, cancellation);

            var secrets = new SecretFiles(folder);
            var logins = new Logins(folder, secrets);
            await new Cluster(folder, secrets, account, options.Logger).EnsureAsync(installation, cancellation);
            var server = new Server(options, folder, installation, account, logins);
            var running = await server.BringUpAsync(cancellation);
            try
            {
                await logins.EnsureAsync(running.SocketFolder, cancellation);
                return new(folder, server, logins, folderLock, running);
            }
            catch
            {
                await server.StopAsync(CancellationToken.None);
                throw;
            }
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>The server of a data folder that a living silo holds, to connect to and to leave alone; none when none answers.</summary>
    public static async Task<RunningServer?> TryReachAsync(string dataFolder, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(dataFolder))
        {
            return null;
        }

        var folder = DataFolder.Open(dataFolder);
        var logins = new Logins(folder, new SecretFiles(folder));
        return PostmasterFile.Read(folder.Cluster) is { } running && await logins.AnswersAsync(running.SocketFolder, cancellation)
            ? new RunningServer(login => logins.ConnectionString(running.SocketFolder, login))
            : null;
    }

    /// <summary>How to connect as the given login; the string holds the password.</summary>
    public string ConnectionString(EmbeddedLogin login) => _logins.ConnectionString(_running.SocketFolder, login);

    /// <summary>Starts the server again if it has died; true when it had. Connection strings stay valid.</summary>
    public async Task<bool> EnsureRunningAsync(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (await _server.RunsAsync(cancellation))
            {
                return false;
            }

            _running = await _server.BringUpAsync(cancellation);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops the server and frees the data folder; again is harmless.</summary>
    public async Task StopAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_stopped)
            {
                return;
            }

            await _server.StopAsync(CancellationToken.None);
            SocketFolder.Forget(_folder);
            _stopped = true;
            // Last: whoever takes the folder next finds nothing running.
            _lock.Dispose();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();
}
