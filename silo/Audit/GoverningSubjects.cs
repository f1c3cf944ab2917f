using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Audit;

/// <summary>
/// What governs the entries that a bundle shows: what they name, and no more. What is named may be another team's; that it
/// governed is then nobody's secret any more, but its content still is.
/// </summary>
internal sealed class GoverningSubjects
{
    private readonly HashSet<Subject> _whole = [];
    private readonly Dictionary<string, HashSet<Digest>> _settings = new(StringComparer.Ordinal);

    /// <summary>Takes what an entry names.</summary>
    public void Take(Entry entry)
    {
        if (entry.Decision?.Delegation is { } delegation)
        {
            _whole.Add(Subject.Delegation(delegation.DelegationId));
        }

        if (entry is not { Subject.Type: SubjectType.Instance, Binding: { } binding })
        {
            return;
        }

        _whole.Add(Subject.Workflow(binding.WorkflowId, binding.WorkflowVersion));
        _whole.Add(Subject.Policy(binding.PolicyVersionId));
        _whole.UnionWith(binding.RequiredPolicies.Select(policy => Subject.Policy(policy.PolicyVersionId)));
        foreach (var setting in binding.Settings)
        {
            Bound(setting.SettingId).Add(setting.EntryHash);
        }
    }

    /// <summary>Takes what an entry goes on with: a revocation is of a delegation, and a change of the changes before.</summary>
    public void TakeBefore(Entry entry, Digest hash)
    {
        if (entry.Subject.Type == SubjectType.Setting)
        {
            Bound(entry.Subject.Id).Add(hash);
        }
        else
        {
            _whole.Add(entry.Subject);
        }
    }

    /// <summary>Reads the entries, in no order.</summary>
    public async Task<ImmutableArray<PlacedEntry>> ReadAsync(EntryReads entries)
    {
        var governing = ImmutableArray.CreateBuilder<PlacedEntry>();
        foreach (var subject in _whole)
        {
            governing.AddRange(await entries.OfSubjectAsync(PostgresLedger.GoverningLog, subject, 0));
        }

        foreach (var (id, hashes) in _settings)
        {
            // A setting changes; what governed is the chain up to the last change that was bound.
            var changes = await entries.OfSubjectAsync(PostgresLedger.GoverningLog, Subject.Setting(id), 0);
            var last = changes.LastOrDefault(change => hashes.Contains(change.Sealed.Hash));
            governing.AddRange(changes.Where(change => last is null || change.Position <= last.Position));
        }

        return governing.ToImmutable();
    }

    private HashSet<Digest> Bound(string settingId)
    {
        if (!_settings.TryGetValue(settingId, out var hashes))
        {
            _settings.Add(settingId, hashes = []);
        }

        return hashes;
    }
}
