using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Abstractions.Definitions;

/// <summary>The settings there are, by their ids. They are part of the evidence: verifiers read them.</summary>
public static class SettingIds
{
    /// <summary>Stands for every team, where a setting may be about all of them.</summary>
    public const string EveryTeam = "*";

    /// <summary>The beginning of <see cref="RequiredPolicies"/>.</summary>
    public const string RequiredPoliciesPrefix = "required_policies/";

    /// <summary>The beginning of <see cref="Mode"/>.</summary>
    public const string ModePrefix = "mode/";

    /// <summary>The beginning of <see cref="PolicyUnavailable"/>.</summary>
    public const string PolicyUnavailablePrefix = "policy_unavailable/";

    /// <summary>The policies that are composed in for a team, or for <see cref="EveryTeam"/>: a list of policy version ids.</summary>
    public static string RequiredPolicies(string teamId, Materiality materiality) => $"{RequiredPoliciesPrefix}{teamId}/{WireName.Of(materiality)}";

    /// <summary>Whether policy stops the instances of a team: ENFORCE or OBSERVE, or null for what the workflow says.</summary>
    public static string Mode(string teamId) => $"{ModePrefix}{teamId}";

    /// <summary>What happens when policy cannot answer: TERMINATE, or REQUIRE_HUMAN for LOW and MEDIUM.</summary>
    public static string PolicyUnavailable(Materiality materiality) => $"{PolicyUnavailablePrefix}{WireName.Of(materiality)}";
}
