namespace Gantral.Silo.Embedded;

/// <summary>What the server is started with. On the command line, so that nothing in the cluster can loosen it.</summary>
internal static class ServerSettings
{
    /// <summary>The settings as the one string that <c>pg_ctl -o</c> hands to a shell.</summary>
    public static string For(string socketFolder) => string.Join(' ', All(socketFolder).Select(setting => $"-c '{setting}'"));

    private static IEnumerable<string> All(string socketFolder) =>
    [
        "listen_addresses=",
        $"unix_socket_directories={socketFolder}",
        "unix_socket_permissions=0700",
        "port=5432",
        "password_encryption=scram-sha-256",
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "max_connections=100",
        // Statements here are short: compiling one costs more than it could ever save.
        "jit=off",
        "shared_buffers=128MB",
        "timezone=UTC",
        "log_timezone=UTC",
        "log_line_prefix=%m [%p] ",
        "logging_collector=off",
    ];
}
