using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Grains.Definitions;
using Gantral.Grains.Ledger;

namespace Gantral.Grains.Settings;

/// <summary>
/// A setting of the operator, asked by many at once. It may change at any time and in any process, so what was read is
/// believed for <see cref="Freshness"/>, by the database's time, and then read again.
/// </summary>
public sealed class SettingGrain(string settingId, ILedger ledger, IMoments moments) : ISettingGrain
{
    /// <summary>How long a value is believed that another process may have changed.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private const int MostAttempts = 6;

    private readonly Lock _gate = new();
    private volatile Known? _known;
    private Task<Known>? _reading;

    private Subject Subject => Subject.Setting(settingId);

    /// <inheritdoc/>
    public async ValueTask<Registration<Setting>> WriteAsync(Caller caller, CanonicalBytes value)
    {
        if (SettingValues.Fault(settingId, value) is { } fault)
        {
            return Refused(new Refusal(RefusalCode.InvalidBody, fault));
        }

        try
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                // Written only on top of what the ledger holds now; the fence sees to it.
                var known = await JoinAsync();
                if (known.Current is { } current && current.Value == value)
                {
                    return new(current, null);
                }

                switch (await ledger.CommitAsync(new Commit([Next(known, caller, value)], null, caller.Key)))
                {
                    case CommitOutcome.Committed:
                    case CommitOutcome.Conflict:
                        break;
                    case CommitOutcome.Replayed replayed:
                        return replayed.Subject == Subject ? new((await JoinAsync()).Current, null) : Refused(Refusals.KeyTaken);
                    case CommitOutcome.KeyTaken:
                        return Refused(Refusals.KeyTaken);
                    case CommitOutcome.Failed failed:
                        return Refused(failed.Refusal);
                    case CommitOutcome.Rejected rejected:
                        return Refused(Refusals.EvidenceFailure(rejected.Fault));
                    case var unknown:
                        throw new InvalidOperationException($"{unknown} is no outcome of a commit.");
                }
            }

            return Refused(Refusals.Contended);
        }
        catch (LedgerUnavailableException)
        {
            return Refused(Refusals.StorageUnavailable);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Setting?> ReadAsync() =>
        (_known is { } known && moments.Next().At.Since(known.ReadAt) is var age && age >= TimeSpan.Zero && age < Freshness ? known : await JoinAsync()).Current;

    /// <inheritdoc/>
    public async ValueTask<Setting?> ReadAsync(Digest entryHash) => _known?.Find(entryHash) ?? (await JoinAsync()).Find(entryHash);

    // Whoever comes while it is read waits for that reading: it began no earlier than the value that is believed now.
    private Task<Known> JoinAsync()
    {
        lock (_gate)
        {
            return _reading is { IsCompleted: false } underWay ? underWay : _reading = RefreshAsync();
        }
    }

    private async Task<Known> RefreshAsync()
    {
        var (readAt, values) = (moments.Next().At, _known?.Values ?? []);
        foreach (var entry in await ledger.ReadAsync(Subject, values.Count))
        {
            values = values.Add(Value(entry));
        }

        return _known = new Known(readAt, values);
    }

    private Setting Value(SealedEntry entry) => new()
    {
        Reference = new SettingReference(settingId, entry.Hash),
        Value = entry.Payload.FirstOrDefault(field => field.Name == PrivateFieldNames.Definition)?.Value ?? throw StoredDefinition.Unreadable(Subject),
        ChangedAt = entry.Entry.At,
        ChangedBy = entry.Entry.Actor,
    };

    private SealedEntry Next(Known known, Caller caller, CanonicalBytes value)
    {
        var moment = moments.Next();
        return SealedEntry.Seal(
            new Entry
            {
                Subject = Subject,
                Sequence = known.Values.Count + 1,
                PrevHash = known.Current?.Reference.EntryHash ?? Digest.Zero,
                Type = EventType.SettingChanged,
                At = known.Current is { } current ? Instant.Later(moment.At, current.ChangedAt) : moment.At,
                Actor = caller.Actor,
                CommandId = caller.Key.CommandId,
            },
            new PrivateField(PrivateFieldNames.Definition, moment.Salts[..PrivateField.SaltSize], value));
    }

    private static Registration<Setting> Refused(Refusal refusal) => new(null, refusal);

    private sealed record Known(Instant ReadAt, ImmutableList<Setting> Values)
    {
        public Setting? Current => Values.IsEmpty ? null : Values[^1];

        public Setting? Find(Digest entryHash) => Values.Find(value => value.Reference.EntryHash == entryHash);
    }
}
