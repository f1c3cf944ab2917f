using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Embedded;

/// <summary>What the embedded PostgreSQL says; the event ids are stable.</summary>
internal static partial class EmbeddedLog
{
    [LoggerMessage(1100, LogLevel.Information, "Initialising a PostgreSQL {Major} cluster in {Folder}.")]
    public static partial void Initialising(ILogger logger, string major, string folder);

    [LoggerMessage(1101, LogLevel.Information, "PostgreSQL {Major} runs in {Folder} as process {ProcessId}.")]
    public static partial void Started(ILogger logger, string major, string folder, int processId);

    [LoggerMessage(1102, LogLevel.Information, "Adopted the PostgreSQL that still runs in {Folder} as process {ProcessId}.")]
    public static partial void Adopted(ILogger logger, string folder, int processId);

    [LoggerMessage(1103, LogLevel.Information, "PostgreSQL in {Folder} is stopped.")]
    public static partial void Stopped(ILogger logger, string folder);

    [LoggerMessage(1104, LogLevel.Warning, "PostgreSQL in {Folder} did not stop in time and is told to stop at once; it recovers at the next start.")]
    public static partial void StoppingAtOnce(ILogger logger, string folder);

    [LoggerMessage(1105, LogLevel.Warning, "The cluster in {Folder} was made by PostgreSQL {Needed}: the binaries in {Binaries} are used instead of those of {Preferred}.")]
    public static partial void OlderBinaries(ILogger logger, string folder, string needed, string binaries, string preferred);

    [LoggerMessage(1106, LogLevel.Warning, "Removed what an interrupted initialisation left in {Folder}.")]
    public static partial void RemovedHalf(ILogger logger, string folder);

    [LoggerMessage(1107, LogLevel.Warning, "The process id in {File} belongs to another program: the file is left over and was removed.")]
    public static partial void RemovedForeignPidFile(ILogger logger, string file);

    [LoggerMessage(1109, LogLevel.Information, "The account {Account} cannot come to {Folder}, so the database lives in {Elsewhere}; delete both to delete it.")]
    public static partial void ServerElsewhere(ILogger logger, string account, string folder, string elsewhere);

    [LoggerMessage(1108, LogLevel.Information, "Waiting for the PostgreSQL processes in {Folder} to start or to end.")]
    public static partial void Waiting(ILogger logger, string folder);
}
