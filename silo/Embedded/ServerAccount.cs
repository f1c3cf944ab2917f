using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Embedded;

/// <summary>Whom the server runs as, and the words that make a command run as that account, in a session of its own.</summary>
internal sealed class ServerAccount
{
    private readonly string? _name;
    private readonly string[] _switch;
    private readonly string[] _session;

    private ServerAccount(string? name, string[] @switch, string[] session)
    {
        _name = name;
        _switch = @switch;
        _session = session;
    }

    /// <summary>The silo's own account, or an unprivileged one when the silo is root: PostgreSQL refuses root.</summary>
    public static async Task<ServerAccount> ChooseAsync(EmbeddedOptions options, DataFolder folder, CancellationToken cancellation)
    {
        // pg_ctl detaches the server too, but only later: an interrupt meanwhile would reach pg_ctl, and it would take the server down.
        string[] setsid = ["setsid", "--wait"];
        var session = (await Command.RunAsync([.. setsid, "true"], cancellation)).Succeeded ? setsid : [];
        if (!Environment.IsPrivilegedProcess)
        {
            return new(null, [], session);
        }

        // An existing cluster belongs to the account that made it, even if a better one has come since.
        var names = folder.Account.Read() is { } remembered ? [remembered] : options.ServerAccount is { } configured ? [configured] : new[] { "postgres", "nobody" };
        foreach (var name in names)
        {
            var group = await Command.RunAsync(["id", "-g", name], cancellation);
            foreach (var words in group.Succeeded ? Switches(name, group.Output) : [])
            {
                if ((await Command.RunAsync([.. words, "true"], cancellation)).Succeeded)
                {
                    return new(name, words, session);
                }
            }
        }

        throw new EmbeddedPostgresException(
            $"PostgreSQL does not run as root, and commands cannot be run as {string.Join(" or ", names)}: start the silo as an unprivileged user, or create that account and install setpriv (apt-get install util-linux).");
    }

    /// <summary>Runs a program as the server's account.</summary>
    public Task<CommandOutcome> RunAsync(IEnumerable<string> words, CancellationToken cancellation) =>
        Command.RunAsync([.. _session, .. _switch, .. words], cancellation);

    /// <summary>Hands a file or folder of the silo to the server.</summary>
    public async Task GiveAsync(string path, CancellationToken cancellation)
    {
        if (_name is not null && await Command.RunAsync(["chown", "-h", $"{_name}:", path], cancellation) is { Succeeded: false } failed)
        {
            throw new EmbeddedPostgresException($"The account '{_name}' cannot be given '{path}': {failed.Output}");
        }
    }

    /// <summary>
    /// Sees to it that the account can come to where its server is to live. Root's own folders often let nobody pass:
    /// then a new cluster is given a place elsewhere, and one that is here already is refused.
    /// </summary>
    public async Task MustEnterAsync(DataFolder folder, ILogger logger, CancellationToken cancellation)
    {
        if (_name is null)
        {
            return;
        }

        if (!await EntersAsync(folder.ServerRoot, cancellation))
        {
            if (folder.ClusterMajor is not null || !await EntersAsync(folder.MoveServer(), cancellation))
            {
                throw new EmbeddedPostgresException(
                    $"The account '{_name}', which PostgreSQL runs as because the silo is root, cannot enter '{folder.ServerRoot}': let it pass (chmod o+x) through this folder and those above, or choose another data folder.");
            }

            EmbeddedLog.ServerElsewhere(logger, _name, folder.Root, folder.ServerRoot);
        }

        folder.Account.Write(_name);
    }

    private async Task<bool> EntersAsync(string path, CancellationToken cancellation) =>
        (await RunAsync(["test", "-x", path], cancellation)).Succeeded;

    private static IEnumerable<string[]> Switches(string name, string group) =>
    [
        ["setpriv", $"--reuid={name}", $"--regid={group}", "--clear-groups", "--"],
        ["runuser", "-u", name, "--"],
        ["su", "-s", "/bin/sh", name, "-c", "exec \"$0\" \"$@\"", "--"],
    ];
}
