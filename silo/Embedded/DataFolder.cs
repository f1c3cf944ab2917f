using System.Buffers;

namespace Gantral.Silo.Embedded;

/// <summary>The layout of a data folder. Its root and its secrets are the silo's; the cluster and the sockets are the server's.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // pg_ctl hands the path to a shell between double quotes, and does not escape it.
    private static readonly SearchValues<char> Unspeakable = SearchValues.Create("\"$`\\\r\n");

    private DataFolder(string root) => Root = root;

    public string Root { get; }

    public string Cluster => Path.Combine(Root, "pg");

    public string Run => Path.Combine(Root, "run");

    public string Secrets => Path.Combine(Root, "secrets");

    public string Log => Path.Combine(Root, "pg.log");

    public string Lock => Path.Combine(Root, "silo.lock");

    public Note Holder => new(Path.Combine(Root, "silo.pid"));

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
