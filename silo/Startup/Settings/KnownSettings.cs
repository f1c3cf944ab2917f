using Microsoft.Extensions.Configuration;

namespace Gantral.Silo.Startup.Settings;

/// <summary>The settings there are, under <c>Gantral</c>.</summary>
internal static class KnownSettings
{
    public const string Section = "Gantral";
    public const string Bind = "Bind";
    public const string Port = "Port";
    public const string Data = "Data";
    public const string Database = "Database";
    public const string OwnerDatabase = "OwnerDatabase";
    public const string SigningKeyFile = "SigningKeyFile";
    public const string KnownHeadsFolder = "KnownHeadsFolder";
    public const string WitnessKeysFile = "WitnessKeysFile";
    public const string DevelopmentIdentity = "Identity:Dev";
    public const string Roles = "Roles";
    public const string AllowPrivilegedLogin = "AllowPrivilegedLogin";
    public const string Logs = "Logs";
    public const string Origin = "Origin";
    public const string OnStorageFailure = "OnStorageFailure";
    public const string PublicUrl = "PublicUrl";
    public const string SecretsFolder = "Secrets:Folder";
    public const string RequestsPerSecond = "Limits:RequestsPerSecond";
    public const string UnauthenticatedPerSecond = "Limits:UnauthenticatedPerSecond";
    public const string InFlight = "Limits:InFlight";
    public const string LongInFlight = "Limits:LongInFlight";
    public const string TimeoutSeconds = "Limits:TimeoutSeconds";
    public const string DrainNoticeSeconds = "DrainNoticeSeconds";
    public const string CertificateFile = "Tls:CertificateFile";
    public const string CertificateKeyFile = "Tls:KeyFile";
    public const string TerminatedElsewhere = "Tls:TerminatedElsewhere";

    // Settings below which the operator chooses the names.
    private static readonly string[] Groups = [Roles, "Identity:Issuers", "Outgoing:Hosts", "RequiredPolicies", "Modes", "PolicyUnavailable"];

    // As near as a slip of the finger, not as near as any other word.
    private const int FarthestGuess = 4;

    private static readonly string[] All =
    [
        Bind, Port, Data, Database, OwnerDatabase, SigningKeyFile, KnownHeadsFolder, WitnessKeysFile, DevelopmentIdentity, Roles, OnStorageFailure, AllowPrivilegedLogin, Logs, Origin, SecretsFolder, PublicUrl,
        RequestsPerSecond, UnauthenticatedPerSecond, InFlight, LongInFlight, TimeoutSeconds, DrainNoticeSeconds, CertificateFile, CertificateKeyFile, TerminatedElsewhere,
    ];

    /// <summary>The settings that nobody reads, each with the known one that was probably meant.</summary>
    public static IEnumerable<(string Name, string? Meant)> UnknownIn(IConfiguration configuration) =>
        configuration.GetSection(Section).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null && !IsKnown(setting.Key))
            .Select(setting => (setting.Key, Nearest(setting.Key)))
            .OrderBy(unknown => unknown.Key, StringComparer.Ordinal);

    private static bool IsKnown(string name) =>
        All.Contains(name, StringComparer.OrdinalIgnoreCase) || Groups.Any(group => name.StartsWith($"{group}:", StringComparison.OrdinalIgnoreCase));

    private static string? Nearest(string name)
    {
        var (nearest, distance) = All.Select(known => (known, Distance(name.ToUpperInvariant(), known.ToUpperInvariant()))).MinBy(guess => guess.Item2);
        return distance <= FarthestGuess ? nearest : null;
    }

    private static int Distance(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        foreach (var letter in left)
        {
            var row = new int[above.Length];
            row[0] = above[0] + 1;
            for (var i = 1; i < row.Length; i++)
            {
                row[i] = Math.Min(Math.Min(row[i - 1], above[i]) + 1, above[i - 1] + (letter == right[i - 1] ? 0 : 1));
            }

            above = row;
        }

        return above[^1];
    }
}
