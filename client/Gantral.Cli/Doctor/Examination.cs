using System.Globalization;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Server;
using Gantral.Cli.Terminal;
using Gantral.Client;
using Gantral.Client.Json;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Doctor;

/// <summary>Checks one thing after the other; what hangs on something that is not there is left out.</summary>
internal sealed class Examination(CancellationToken interrupted)
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(5);
    // So far apart tokens are believed.
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(1);

    /// <summary>The keys that are trusted; null to compare with none.</summary>
    public required string? KeysFile { get; init; }

    /// <summary>Where the head of a log is remembered.</summary>
    public required string? CheckpointFile { get; init; }

    /// <summary>The log whose head that is.</summary>
    public required int Log { get; init; }

    /// <summary>Every check as soon as it is made.</summary>
    public async IAsyncEnumerable<Check> RunAsync()
    {
        yield return Settings(out var address);
        if (address is null)
        {
            yield break;
        }

        using var probing = new Probing(address);
        var (server, live) = await TryAsync("server", address, async () => await probing.AskAsync("healthz/live", interrupted).ConfigureAwait(false)).ConfigureAwait(false);
        if (live is null)
        {
            yield return server!;
            yield break;
        }

        yield return live.Status == 200 ? Check.Ok("server", $"answers at {address}") : Check.Fail("server", $"/healthz/live answers {live.Status}.", "Check the address, and what stands before the silo.");
        yield return Clock(live);
        var (unready, ready) = await TryAsync("readiness", address, async () => await probing.AskAsync("healthz/ready", interrupted).ConfigureAwait(false)).ConfigureAwait(false);
        foreach (var part in ready is null ? [unready!] : Readiness.Of(ready))
        {
            yield return part;
        }

        if (Environment.GetEnvironmentVariable(GantralServer.TokenVariable) is not { Length: > 0 })
        {
            yield return Check.Fail("token", $"{GantralServer.TokenVariable} holds no token, so nothing more can be checked.", "Of a development silo: gantral dev token --actor NAME --team TEAM --role gantral.auditor");
            yield break;
        }

        using var client = Connecting.To(address, tokenFile: null);
        var (stranger, caller) = await TryAsync("token", address, () => client.Caller.GetAsync(interrupted)).ConfigureAwait(false);
        if (caller is null)
        {
            yield return stranger!;
            yield break;
        }

        yield return Check.Ok("token", $"{caller.Actor.Id} ({WireName.Of(caller.Actor.Kind)}), teams {string.Join(", ", caller.Teams)}, roles {(caller.Roles.Count == 0 ? "none" : string.Join(", ", caller.Roles))}");
        var (noKeys, published) = await TryAsync("keys", address, () => client.Audit.KeysAsync(interrupted)).ConfigureAwait(false);
        if (published is null)
        {
            yield return noKeys!;
            yield break;
        }

        yield return Keys(System.Text.Encoding.UTF8.GetBytes(GantralJson.Of(published)), out var keys);
        var (noLogs, logs) = await TryAsync("logs", address, () => client.Audit.LogsAsync(interrupted)).ConfigureAwait(false);
        if (logs is null)
        {
            yield return noLogs!;
            yield break;
        }

        yield return Check.Ok("logs", string.Create(CultureInfo.InvariantCulture, $"{logs.Count} with {logs.Sum(log => log.Size)} entries"));
        if (keys is not null)
        {
            var head = new LogHead(client, keys, Log, interrupted);
            var (noHead, check) = await TryAsync("log head", address, () => head.CheckAsync(CheckpointFile)).ConfigureAwait(false);
            yield return noHead ?? check!;
        }
    }

    private static Check Settings(out Uri? address)
    {
        address = null;
        try
        {
            address = GantralServer.AddressOfEnvironment();
        }
        catch (CommandRefusedException wrong)
        {
            return Check.Fail("settings", wrong.Message);
        }

        return address.Scheme == "http" && !address.IsLoopback
            ? Check.Warn("settings", $"{GantralServer.AddressVariable} is {address}: the token travels in the clear.", "Use https.")
            : Check.Ok("settings", $"{GantralServer.AddressVariable} is {address}");
    }

    private static Check Clock(Probe probe)
    {
        const string Advice = "Set this machine's clock, or the server's: deadlines here are shown by this one.";
        if (probe.Apart is not { } apart)
        {
            return Check.Warn("clock", "The server does not say what time it is.", "What stands before it takes the header Date away.");
        }

        var found = $"The server's is {Moment.Span(apart)} {(apart < TimeSpan.Zero ? "behind" : "ahead of")} this machine's";
        return apart.Duration() <= Noticeable ? Check.Ok("clock", found) : apart.Duration() <= Tolerated ? Check.Warn("clock", $"{found}.", Advice) : Check.Fail("clock", $"{found}, so tokens are refused.", Advice);
    }

    // The keys to check heads with: those that are trusted, and without any those that the server names.
    private Check Keys(byte[] published, out TrustedKeys? keys)
    {
        keys = null;
        if (!TrustedKeys.TryParse(published, out var named, out var wrong))
        {
            return Check.Fail("keys", $"The server publishes what is no keys file: {wrong}", "Tell whoever runs this silo.");
        }

        if (KeysFile is null)
        {
            keys = named;
            return Check.Warn("keys", $"The server publishes keys of {named.Logs.Count} logs, and there is no file to compare them with.", "Give with --keys the file that you got from somebody you trust.");
        }

        if (!Verify.KeysFile.TryRead(KeysFile, out var trusted, out var fault))
        {
            return Check.Fail("keys", fault);
        }

        keys = trusted;
        return named.ToFile() == trusted.ToFile() ? Check.Ok("keys", $"The server publishes exactly the keys of {KeysFile}")
            : Missing(trusted, named) is { } missing ? Check.Fail("keys", $"The server does not publish a key of {missing} that {KeysFile} trusts.", "It is another server, or somebody changed its keys: ask whoever gave you the file.")
            : Check.Warn("keys", $"The server publishes more than {KeysFile} trusts.", "Get the newest file from somebody you trust.");
    }

    private static string? Missing(TrustedKeys trusted, TrustedKeys named) => trusted.Logs
        .FirstOrDefault(log => log.Value.Any(key => !named.Logs.TryGetValue(log.Key, out var others) || !others.Any(other => other.Key.SubjectPublicKeyInfo.SequenceEqual(key.Key.SubjectPublicKeyInfo)))).Key;

    private static async Task<(Check? Fault, T? Answer)> TryAsync<T>(string name, Uri address, Func<Task<T>> ask) where T : class
    {
        try
        {
            return (null, await ask().ConfigureAwait(false));
        }
        catch (GantralException refused) when (refused.Code == ProblemCode.Forbidden)
        {
            return (Check.Warn(name, refused.Detail, "Use a token of an auditor to have it checked."), null);
        }
        catch (Exception failed) when (Connecting.IsOfServer(failed) || (failed is TaskCanceledException { InnerException: TimeoutException }))
        {
            return (Check.Fail(name, Connecting.Sentence(failed, address)), null);
        }
    }
}
