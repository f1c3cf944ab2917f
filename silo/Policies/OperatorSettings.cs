using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Json;
using Gantral.Grains.Ledger;
using Gantral.Grains.Settings;
using Gantral.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Gantral.Silo.Policies;

/// <summary>
/// What the operator configured about policy, written into the log when a silo starts: configuration in, entries out. A
/// setting that is taken out of the configuration stays as it is, so that nothing is lost by an omission; an empty list
/// of required policies and an empty mode take it back.
/// </summary>
public sealed class OperatorSettings
{
    private const string RequiredPolicies = "Gantral:RequiredPolicies";
    private const string Modes = "Gantral:Modes";
    private const string PolicyUnavailable = "Gantral:PolicyUnavailable";

    private readonly ImmutableSortedDictionary<string, CanonicalBytes> _values;

    private OperatorSettings(IEnumerable<KeyValuePair<string, CanonicalBytes>> values) => _values = values.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads a configuration: all of it is understood, or a sentence says what is not. Throws <see cref="ConfigurationRefusedException"/>.</summary>
    public static OperatorSettings From(IConfiguration configuration) => new(
        [
            .. from team in configuration.GetSection(RequiredPolicies).GetChildren()
               from materiality in team.GetChildren()
               select Checked(materiality, $"{SettingIds.RequiredPoliciesPrefix}{team.Key}/{materiality.Key}", Names(materiality)),
            .. from team in configuration.GetSection(Modes).GetChildren()
               select Checked(team, $"{SettingIds.ModePrefix}{team.Key}", Text(team)),
            .. from materiality in configuration.GetSection(PolicyUnavailable).GetChildren()
               select Checked(materiality, $"{SettingIds.PolicyUnavailablePrefix}{materiality.Key}", Text(materiality)),
        ]);

    /// <summary>Writes what differs from the log. Throws <see cref="LedgerUnavailableException"/> when it cannot be written now.</summary>
    public async Task WriteAsync(IGrains grains, ILogger logger)
    {
        foreach (var (id, value) in _values)
        {
            var before = await grains.Setting(id).ReadAsync();
            var written = await grains.Setting(id).WriteAsync(CallerFor(id, value), value);
            if (written.Refusal is { } refusal)
            {
                throw refusal.Code == RefusalCode.InvalidBody ? new ConfigurationRefusedException(refusal.Message) : new LedgerUnavailableException(refusal.Message);
            }

            if (before?.Reference != written.Version!.Reference)
            {
                PolicyLog.Changed(logger, id, written.Version.Value.ToString());
            }
        }
    }

    private static KeyValuePair<string, CanonicalBytes> Checked(IConfigurationSection section, string id, CanonicalBytes value) =>
        SettingValues.Fault(id, value) is { } fault
            ? throw new ConfigurationRefusedException($"{section.Path} cannot be used: {fault}")
            : KeyValuePair.Create(id, value);

    private static CanonicalBytes Names(IConfigurationSection section)
    {
        if (!string.IsNullOrEmpty(section.Value) || section.GetChildren().Any(child => child.Value is null))
        {
            throw new ConfigurationRefusedException($"{section.Path} must be a list of policy versions, such as [\"deploy-guard@7\"]; an empty list requires none.");
        }

        var json = new CanonicalWriter();
        json.BeginArray();
        foreach (var child in section.GetChildren())
        {
            json.String(child.Value!);
        }

        json.EndArray();
        return json.ToCanonicalBytes();
    }

    private static CanonicalBytes Text(IConfigurationSection section)
    {
        var json = new CanonicalWriter();
        if (string.IsNullOrEmpty(section.Value) && !section.GetChildren().Any())
        {
            json.Null();
        }
        else
        {
            json.String(section.Value ?? "");
        }

        return json.ToCanonicalBytes();
    }

    // A key that nobody sends again: what a silo finds written already it does not write.
    private static Caller CallerFor(string id, CanonicalBytes value) => new(
        Actor.System, [], new CommandKey(new Digest(SHA256.HashData(Encoding.UTF8.GetBytes($"configured {id} {value}"))), null));
}
