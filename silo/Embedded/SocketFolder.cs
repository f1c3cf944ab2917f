using System.Text;

namespace Gantral.Silo.Embedded;

/// <summary>The folder of the server's socket: in the data folder, or a short one elsewhere when that path would be too long for a socket.</summary>
internal static class SocketFolder
{
    public const int Port = 5432;

    // macOS ends at 103 bytes, Linux at 107: the smaller serves both.
    private const int LongestPath = 103;
    private const string SocketName = ".s.PGSQL.5432";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder for a server that is about to start; none of this cluster runs.</summary>
    public static async Task<string> MakeAsync(DataFolder folder, ServerAccount account, CancellationToken cancellation)
    {
        Forget(folder);
        var path = folder.Run;
        if (Fits(path))
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
        else
        {
            // A new name each time: anybody may have made a folder of the old name since.
            path = Directory.CreateTempSubdirectory("gantral-").FullName;
            folder.ShortRun.Write(path);
            if (!Fits(path))
            {
                throw new EmbeddedPostgresException($"Neither '{folder.Run}' nor '{path}' can hold a socket (at most {LongestPath} bytes, no comma or colon): choose a shorter data folder, or a shorter temporary one (TMPDIR).");
            }
        }

        RemoveStale(path);
        await account.GiveAsync(path, cancellation);
        return path;
    }

    /// <summary>Removes a socket that a dead server left, with its lock: that names a process id, which may be anybody's by now.</summary>
    public static void RemoveStale(string path)
    {
        File.Delete(Path.Combine(path, SocketName));
        File.Delete(Path.Combine(path, $"{SocketName}.lock"));
    }

    /// <summary>Removes the short folder, if there is one.</summary>
    public static void Forget(DataFolder folder)
    {
        if (folder.ShortRun.Read() is not { } path)
        {
            return;
        }

        var remembered = new DirectoryInfo(path);
        if (remembered is { Exists: true, LinkTarget: null } && remembered.GetFileSystemInfos().All(file => file.Name.StartsWith(SocketName, StringComparison.Ordinal)))
        {
            remembered.Delete(recursive: true);
        }

        folder.ShortRun.Forget();
    }

    // Commas separate folders and hosts, a colon separates host and port.
    private static bool Fits(string path) =>
        Encoding.UTF8.GetByteCount(Path.Combine(path, SocketName)) <= LongestPath && !path.AsSpan().ContainsAny(",:'");
}
