using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Instances;
using Gantral.Silo.Gateway.Limits;
using Gantral.Silo.Gateway.Tls;
using Gantral.Silo.Hosting;
using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Policies;
using Gantral.Silo.Schema;
using Gantral.Silo.Secrets;
using Microsoft.Extensions.Configuration;

namespace Gantral.Silo.Startup.Settings;

/// <summary>Reads the settings: <c>appsettings.json</c>, then the environment, then the command line, the later one wins. A wrong value stops the start.</summary>
internal static class SettingsReader
{
    private const int UsualPort = 8080;
    private const int MostPlaces = 1_000_000;
    private const string UsualData = ".gantral";

    /// <summary>Where settings come from.</summary>
    /// <param name="flags">What the command line says, by the names of the settings.</param>
    public static IConfiguration Gather(IReadOnlyDictionary<string, string?> flags)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(flags.Select(flag => KeyValuePair.Create($"{KnownSettings.Section}:{flag.Key}", flag.Value)))
                .Build();
        }
        catch (Exception failed) when (failed is InvalidDataException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw new StartupRefusedException(ExitStatus.Configuration, $"The settings in appsettings.json cannot be read: {(failed.InnerException ?? failed).Message}", failed);
        }
    }

    /// <summary>Reads and checks the settings.</summary>
    public static SiloSettings Read(IConfiguration configuration)
    {
        try
        {
            return Check(configuration);
        }
        catch (ConfigurationRefusedException refused)
        {
            throw new StartupRefusedException(ExitStatus.Configuration, refused.Message, refused);
        }
    }

    private static SiloSettings Check(IConfiguration configuration)
    {
        var section = configuration.GetSection(KnownSettings.Section);
        var isDevelopment = Flag(Text(section, KnownSettings.DevelopmentIdentity), KnownSettings.DevelopmentIdentity);
        var settings = new SiloSettings
        {
            Addresses = Addresses(Text(section, KnownSettings.Bind)),
            Port = Port(Text(section, KnownSettings.Port)),
            Data = Text(section, KnownSettings.Data) ?? UsualData,
            Database = Text(section, KnownSettings.Database),
            OwnerDatabase = Text(section, KnownSettings.OwnerDatabase),
            SigningKeyFile = Text(section, KnownSettings.SigningKeyFile),
            KnownHeadsFolder = Text(section, KnownSettings.KnownHeadsFolder)
                ?? (Text(section, KnownSettings.Database) is null ? Path.Combine(Text(section, KnownSettings.Data) ?? UsualData, "heads") : null),
            Witnesses = Text(section, KnownSettings.WitnessKeysFile) is { } witnesses ? WitnessKeys.Read(witnesses) : [],
            Logs = Number(section, KnownSettings.Logs, usual: 1, least: 1, Migrator.MostLogs),
            Origin = Text(section, KnownSettings.Origin),
            AllowPrivilegedLogin = Flag(Text(section, KnownSettings.AllowPrivilegedLogin), KnownSettings.AllowPrivilegedLogin),
            DevelopmentIdentity = isDevelopment,
            Issuers = IssuerSettingsReader.Read(configuration, isDevelopment),
            Outgoing = OutgoingHosts.From(configuration, isDevelopment),
            Secrets = new MountedSecrets(Text(section, KnownSettings.SecretsFolder)),
            PublicUrl = Text(section, KnownSettings.PublicUrl) is { } url ? PublicUrl(url) : null,
            Policy = OperatorSettings.From(configuration),
            Roles = Roles(section.GetSection(KnownSettings.Roles)),
            Limits = Limits(section),
            Certificate = Certificate(Text(section, KnownSettings.CertificateFile), Text(section, KnownSettings.CertificateKeyFile)),
            TlsTerminatedElsewhere = Flag(Text(section, KnownSettings.TerminatedElsewhere), KnownSettings.TerminatedElsewhere),
            DrainNotice = TimeSpan.FromSeconds(Number(section, KnownSettings.DrainNoticeSeconds, usual: 0, least: 0, most: 60)),
            OnStorageFailure = Text(section, KnownSettings.OnStorageFailure) is { } word ? Word<OnStorageFailure>(word, KnownSettings.OnStorageFailure) : default,
        };
        return settings switch
        {
            { DevelopmentIdentity: true } when !settings.Addresses.All(IPAddress.IsLoopback) => throw Refuse(
                "The development identity is for this machine alone, and Gantral:Bind opens the silo to others: bind to 127.0.0.1, or leave Gantral:Identity:Dev off."),
            { Database: not null, SigningKeyFile: null } => throw Refuse(
                "Gantral:Database names a database that other silos may share, so they must share the key that signs its log as well: name its file in Gantral:SigningKeyFile."),
            { Database: null, OwnerDatabase: not null } => throw Refuse(
                "Gantral:OwnerDatabase is set and Gantral:Database is not: set both, or neither for the embedded PostgreSQL."),
            _ => settings,
        };
    }

    private static string? Text(IConfiguration section, string name) => section[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static int Port(string? text) =>
        text is null ? UsualPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue ? port
        : throw Refuse($"The port must be a number from 0 to {ushort.MaxValue}, where 0 takes one that is free; it is '{text}'.");

    private static LimitOptions Limits(IConfigurationSection section)
    {
        var usual = new LimitOptions();
        return new LimitOptions
        {
            RequestsPerSecond = Number(section, KnownSettings.RequestsPerSecond, usual.RequestsPerSecond, least: 1, MostPlaces),
            UnauthenticatedPerSecond = Number(section, KnownSettings.UnauthenticatedPerSecond, usual.UnauthenticatedPerSecond, least: 1, MostPlaces),
            InFlight = Number(section, KnownSettings.InFlight, usual.InFlight, least: 1, MostPlaces),
            LongInFlight = Number(section, KnownSettings.LongInFlight, usual.LongInFlight, least: 1, MostPlaces),
            Patience = TimeSpan.FromSeconds(Number(section, KnownSettings.TimeoutSeconds, (int)usual.Patience.TotalSeconds, least: 1, most: 3600)),
        };
    }

    private static ServedCertificate? Certificate(string? certificate, string? key) => (certificate, key) switch
    {
        (null, null) => null,
        ({ }, { }) => ServedCertificate.TryLoad(certificate, key, out var served, out var fault) ? served : throw Refuse(fault),
        _ => throw Refuse($"Gantral:{KnownSettings.CertificateFile} and Gantral:{KnownSettings.CertificateKeyFile} belong together: set both, or neither to serve without TLS."),
    };

    private static int Number(IConfigurationSection section, string name, int usual, int least, int most) =>
        Text(section, name) is not { } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Refuse($"Gantral:{name} must be a number from {least} to {most}; it is '{text}'.");

    private static ImmutableArray<IPAddress> Addresses(string? text)
    {
        var addresses = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var one in (text ?? "127.0.0.1").Split(',', StringSplitOptions.TrimEntries))
        {
            addresses.Add(IPAddress.TryParse(one, out var address)
                ? address
                : throw Refuse($"Gantral:Bind must be IP addresses with commas between, such as 127.0.0.1 or 0.0.0.0; '{one}' is none."));
        }

        return addresses.ToImmutable();
    }

    // With a slash at its end, so that what is below it is added and takes nothing away.
    private static Uri PublicUrl(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") && url.Query.Length == 0 && url.Fragment.Length == 0
            ? url
            : throw Refuse($"Gantral:{KnownSettings.PublicUrl} must be where people reach the pages, such as https://gantral.example.com; it is '{text}'.");

    private static bool Flag(string? text, string name) =>
        text is null ? false
        : bool.TryParse(text, out var flag) ? flag
        : throw Refuse($"Gantral:{name} must be true or false; it is '{text}'.");

    private static ImmutableArray<SiloRole> Roles(IConfigurationSection section)
    {
        var words = section.Value is { } list
            ? list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(child => child.Value ?? "")];
        return words.Length == 0 ? [.. Enum.GetValues<SiloRole>()] : [.. words.Select(word => Word<SiloRole>(word, KnownSettings.Roles)).Distinct()];
    }

    private static T Word<T>(string text, string name) where T : struct, Enum =>
        WireName.TryParse<T>(text.ToLowerInvariant(), out var word)
            ? word
            : throw Refuse($"Gantral:{name} must be one of {string.Join(", ", WireName.All<T>())}; it is '{text}'.");

    private static StartupRefusedException Refuse(string message) => new(ExitStatus.Configuration, message);
}
