using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;
using Gantral.Grains.Definitions;

namespace Gantral.Grains.Settings;

/// <summary>Reads the values of settings. What cannot be read was never written: a value is refused before it is an entry.</summary>
public static class SettingValues
{
    private const string Human = "REQUIRE_HUMAN";
    private const string Terminate = "TERMINATE";

    /// <summary>What is wrong with a setting or its value, or nothing.</summary>
    public static string? Fault(string settingId, CanonicalBytes value)
    {
        if (Of(settingId, SettingIds.RequiredPoliciesPrefix) is { } ofTeam)
        {
            var end = ofTeam.LastIndexOf('/');
            return end < 1 || !WireName.TryParse<Materiality>(ofTeam[(end + 1)..], out _)
                ? $"{settingId} must end in a team, or * for all of them, and one of {string.Join(", ", WireName.All<Materiality>())}."
                : Read(settingId, value, PolicyIds);
        }

        return Of(settingId, SettingIds.ModePrefix) is { } team
            ? team is "" or SettingIds.EveryTeam ? $"{settingId} must name one team: what policy stops is not turned off for all of them at once." : Read(settingId, value, ModeOf)
            : Of(settingId, SettingIds.PolicyUnavailablePrefix) is { } level
            ? !WireName.TryParse<Materiality>(level, out var materiality) || materiality > Materiality.Medium
                ? $"{settingId} is no setting: only LOW and MEDIUM may be lenient when policy cannot answer."
                : Read(settingId, value, IsHuman)
            : $"{settingId} is no setting that is known here.";
    }

    /// <summary>The policy versions that a value of required policies names.</summary>
    internal static ImmutableArray<string> PolicyIds(Setting setting) => PolicyIds(Node(setting.Reference.SettingId, setting.Value, new DefinitionFaults()));

    /// <summary>The mode that a value of a mode is, or none where the workflow's own applies.</summary>
    internal static Mode? ModeOf(Setting setting) => ModeOf(Node(setting.Reference.SettingId, setting.Value, new DefinitionFaults()));

    /// <summary>Whether a person is asked when policy cannot answer.</summary>
    internal static bool IsHuman(Setting setting) => IsHuman(Node(setting.Reference.SettingId, setting.Value, new DefinitionFaults()));

    private static ImmutableArray<string> PolicyIds(DefinitionNode node)
    {
        var ids = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var element in node.Elements())
        {
            if (!ids.Add(element.VersionId()))
            {
                element.Fail("repeats a policy version");
            }
        }

        return [.. ids];
    }

    private static Mode? ModeOf(DefinitionNode node) => node.Kind == JsonToken.Null ? null : node.Word<Mode>();

    private static bool IsHuman(DefinitionNode node)
    {
        var word = node.Text();
        if (word is not (Human or Terminate))
        {
            node.Fail($"must be one of {Human}, {Terminate}");
        }

        return word == Human;
    }

    private static string? Read<T>(string settingId, CanonicalBytes value, Func<DefinitionNode, T> read)
    {
        var faults = new DefinitionFaults();
        read(Node(settingId, value, faults));
        return faults.First;
    }

    private static DefinitionNode Node(string settingId, CanonicalBytes value, DefinitionFaults faults) => new(faults, settingId, value.Memory);

    private static string? Of(string settingId, string prefix) => settingId.StartsWith(prefix, StringComparison.Ordinal) ? settingId[prefix.Length..] : null;
}
