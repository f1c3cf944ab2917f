using System.Buffers;

namespace Gantral.Silo.Embedded;

/// <summary>The layout of a data folder. Its root and its secrets are the silo's; the cluster and the sockets are the server's.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // pg_ctl hands the path to a shell between double quotes, and does not escape it.
    private static readonly SearchValues<char> Unspeakable = SearchValues.Create("\"$`\\\r\n");

    private const string ServerFolders = "/var/lib/gantral";

    private DataFolder(string root) => Root = root;

    public string Root { get; }

    /// <summary>What is the server's: here, or elsewhere where its account cannot come here.</summary>
    public string ServerRoot => Elsewhere.Read() ?? Root;

    public string Cluster => Path.Combine(ServerRoot, "pg");

    public string Run => Path.Combine(ServerRoot, "run");

    public string Secrets => Path.Combine(Root, "secrets");

    public string Log => Path.Combine(ServerRoot, "pg.log");

    public string Lock => Path.Combine(Root, "silo.lock");

    public Note Holder => new(Path.Combine(Root, "silo.pid"));

    public Note Elsewhere => new(Path.Combine(Root, "server.elsewhere"));

    public Note Account => new(Path.Combine(Root, "server.account"));

    public Note ShortRun => new(Path.Combine(Root, "run.elsewhere"));

    /// <summary>The major version that made the cluster; null when there is no cluster yet.</summary>
    public string? ClusterMajor => new Note(Path.Combine(Cluster, "PG_VERSION")).Read();

    /// <summary>The folder, made if it is not there.</summary>
    public static DataFolder Open(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (full.AsSpan().ContainsAny(Unspeakable))
        {
            throw new EmbeddedPostgresException($"The data folder '{full}' has a quote, a dollar sign, a backquote, a backslash or a line break in its name, which PostgreSQL's tools do not take: choose another name.");
        }

        try
        {
            // The server's account must pass through; it can neither list nor write.
            Directory.CreateDirectory(full, Environment.IsPrivilegedProcess ? Passable : OwnerOnly);
            var folder = new DataFolder(RealPath(full));
            Directory.CreateDirectory(folder.Secrets, OwnerOnly);
            return folder;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException($"The data folder '{full}' cannot be used: {failed.Message}", failed);
        }
    }

    /// <summary>Gives the server a folder of its own that every account can come to.</summary>
    public string MoveServer()
    {
        // The folder around it lets everybody pass, and nobody list.
        Directory.CreateDirectory(ServerFolders, Passable);
        var path = Path.Combine(ServerFolders, Path.GetRandomFileName());
        Directory.CreateDirectory(path, Passable);
        Elsewhere.Write(RealPath(path));
        return ServerRoot;
    }

    // The kernel names the folders of processes without links, so ours are compared without links.
    private static string RealPath(string path)
    {
        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target)
            {
                real = RealPath(target.FullName);
            }
        }

        return real;
    }
}
