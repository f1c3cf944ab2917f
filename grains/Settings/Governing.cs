using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Settings;

/// <summary>What the operator's settings make of a workflow's binding when an instance is created.</summary>
/// <param name="Binding">What the instance is bound to.</param>
/// <param name="Since">When the last of what governs it was written: nothing it governs is earlier.</param>
/// <param name="Missing">A required policy that does not exist; nothing may be created without it.</param>
internal sealed record Governing(Binding Binding, Instant Since, string? Missing)
{
    /// <summary>Reads the settings that apply to the team and the materiality of a workflow, and binds what they say.</summary>
    public static async ValueTask<Governing> ReadAsync(IGrains grains, WorkflowVersion workflow)
    {
        var binding = workflow.Binding;
        var ofTeam = Applying(SettingIds.RequiredPolicies(binding.OwningTeamId, binding.Materiality));
        var ofAll = Applying(SettingIds.RequiredPolicies(SettingIds.EveryTeam, binding.Materiality));
        var mode = Applying(SettingIds.Mode(binding.OwningTeamId));
        var unavailable = binding.Materiality <= Materiality.Medium ? Applying(SettingIds.PolicyUnavailable(binding.Materiality)) : Task.FromResult<Setting?>(null);

        Setting[] required = [.. new[] { await ofTeam, await ofAll }.OfType<Setting>()];
        Setting[] settings = [.. required.Concat(new[] { await mode, await unavailable }.OfType<Setting>()).OrderBy(setting => setting.Reference.SettingId, StringComparer.Ordinal)];
        if (settings.Length == 0)
        {
            return new Governing(binding, workflow.RegisteredAt, null);
        }

        var since = settings.Select(setting => setting.ChangedAt).Append(workflow.RegisteredAt).Max();
        var policies = ImmutableArray.CreateBuilder<PolicyReference>();
        foreach (var id in required.SelectMany(setting => SettingValues.PolicyIds(setting)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (await grains.Policy(id).ReadAsync() is not { } policy)
            {
                return new Governing(binding, since, id);
            }

            policies.Add(policy.Reference);
            since = Instant.Later(since, policy.RegisteredAt);
        }

        return new Governing(
            binding with
            {
                Mode = await mode is { } team ? SettingValues.ModeOf(team) ?? binding.Mode : binding.Mode,
                RequiredPolicies = policies.ToImmutable(),
                Settings = [.. settings.Select(setting => setting.Reference)],
            },
            since,
            null);

        Task<Setting?> Applying(string id) => grains.Setting(id).ReadAsync().AsTask();
    }

    /// <summary>Whether an instance's own settings ask a person when policy cannot answer.</summary>
    public static async ValueTask<bool> AsksPeopleAsync(IGrains grains, Binding binding) =>
        binding.Settings.FirstOrDefault(setting => setting.SettingId.StartsWith(SettingIds.PolicyUnavailablePrefix, StringComparison.Ordinal)) is { } bound
        && (await grains.Setting(bound.SettingId).ReadAsync(bound.EntryHash) is { } setting
            ? SettingValues.IsHuman(setting)
            : throw new InvalidOperationException($"The setting {bound.SettingId} that an instance is bound to is gone from the ledger."));
}
