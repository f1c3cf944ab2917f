using System.Globalization;

namespace Gantral.Silo.Embedded;

/// <summary>One live silo for each data folder. The system frees the lock when its holder dies, however it dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly Note _holder;

    private FolderLock(FileStream file, Note holder)
    {
        _file = file;
        _holder = holder;
    }

    public static FolderLock Take(DataFolder folder)
    {
        var taken = new FolderLock(Open(folder), folder.Holder);
        // In a file of its own, because a locked one cannot be read by whom it is meant for.
        folder.Holder.Write(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return taken;
    }

    private static FileStream Open(DataFolder folder)
    {
        try
        {
            return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new EmbeddedPostgresException($"The data folder '{folder.Root}' belongs to another account: start the silo as that one, or give it a data folder of its own.", denied);
        }
        catch (IOException held) when (File.Exists(folder.Lock))
        {
            throw new EmbeddedPostgresException(
                $"Another silo (process {folder.Holder.Read() ?? "unknown"}) uses the data folder '{folder.Root}': stop it, or give this one a data folder of its own.", held);
        }
    }

    public void Dispose()
    {
        _holder.Forget();
        _file.Dispose();
    }
}
