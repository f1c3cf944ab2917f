namespace Gantral.Silo.Startup;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    private const string Settings =
        """
        Options:
          --port N     the port to listen on; 0 takes one that is free (8080)
          --data DIR   the data folder (.gantral)

        Settings, from appsettings.json or the environment (Gantral__Port=8080), the command line wins:
          Gantral:Bind              the addresses to listen on (127.0.0.1)
          Gantral:Port, Gantral:Data
          Gantral:Database          how to reach PostgreSQL as the serving login; none starts an embedded one
          Gantral:OwnerDatabase     how to reach it as the owner of the schema, for migrate, rebuild and reopen
          Gantral:Logs, Gantral:Origin
                                    how many logs there are at least (1), and what their names begin with, for migrate
          Gantral:SigningKeyFile    the key that signs the log; required with Gantral:Database
          Gantral:KnownHeadsFolder  where the newest heads are remembered outside the database (heads in the data folder of an
                                    embedded one)
          Gantral:WitnessKeysFile   whose signatures beside the log's own are kept; see docs/operating.md (nobody's)
          Gantral:Identity:Dev      true turns the development identity on; loopback only (false)
          Gantral:Identity:Issuers  whose tokens are believed; see docs/security.md
          Gantral:PublicUrl         where people reach the pages, for links in messages
          Gantral:Secrets:Folder    where the secrets of the teams are mounted; see docs/webhooks.md
          Gantral:Roles             gateway, worker (both)
          Gantral:OnStorageFailure  refuse or terminate (refuse)
          Gantral:Tls               CertificateFile and KeyFile, PEM; see docs/security.md (served without TLS)
          Gantral:Limits            how much is taken on; see docs/operating.md
          Gantral:DrainNoticeSeconds
                                    how long requests are still taken after SIGTERM, while not ready (0)

        Exit status: 0 done; 64 wrong command line; 69 something is not to be had, such as the port or the database;
        70 a fault of this program; 78 wrong settings.
        """;

    public static string Of(string verb) => verb switch
    {
        "migrate" => $"Usage: migrate [--data DIR]\n\nBrings the schema of the database up to date, as its owner. An embedded database does it at each start.\n\n{Settings}",
        "reopen" => $"Usage: log reopen --origin NAME [--data DIR]\n\nHas the logs of a database that was restored from too old a backup go on under a new name; the first entry under it\nnames the last head that was known. Stop every silo first, and read docs/operating.md.\n\n{Settings}",
        "rebuild" => $"Usage: rebuild [--data DIR]\n\nMakes the projections anew from the entries. Evidence is only read.\n\n{Settings}",
        _ => $"Usage: [serve] [--port N] [--data DIR]\n       migrate | rebuild | reopen [--help]\n\nServes Gantral until SIGINT or SIGTERM. Prints 'Gantral is ready: URL' when it is; logs go to standard error.\n\n{Settings}",
    };
}
