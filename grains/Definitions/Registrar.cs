using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Entries;
using Gantral.Grains.Authority;
using Gantral.Grains.Ledger;

namespace Gantral.Grains.Definitions;

/// <summary>Registers versions: written once, read ever after.</summary>
/// <typeparam name="TVersion">A version of what.</typeparam>
internal sealed class Registrar<TVersion>(ILedger ledger, IMoments moments)
    where TVersion : class
{
    /// <summary>Registers a version unless it is there.</summary>
    /// <param name="key">The key of the request.</param>
    /// <param name="subject">The subject of the version.</param>
    /// <param name="read">Reads the version that is there.</param>
    /// <param name="isSame">Whether it is what would be registered.</param>
    /// <param name="write">Writes the entry that registers it.</param>
    public async ValueTask<Registration<TVersion>> RegisterAsync(
        CommandKey key, Subject subject, Func<ValueTask<TVersion?>> read, Func<TVersion, bool> isSame, Func<Moment, SealedEntry> write)
    {
        try
        {
            return await read() is { } known
                ? await SettleAsync(key, subject, known, isSame)
                : await CommitAsync(key, subject, read, isSame, write(moments.Next()));
        }
        catch (LedgerUnavailableException)
        {
            return Refused(Refusals.StorageUnavailable);
        }
    }

    private async ValueTask<Registration<TVersion>> CommitAsync(
        CommandKey key, Subject subject, Func<ValueTask<TVersion?>> read, Func<TVersion, bool> isSame, SealedEntry entry) =>
        await ledger.CommitAsync(new Commit([entry], null, key)) switch
        {
            // Somebody registered it at the same moment, or this request did before.
            CommitOutcome.Committed or CommitOutcome.Conflict => await read() is { } there ? await SettleAsync(key, subject, there, isSame) : Refused(Refusals.Contended),
            CommitOutcome.Replayed replayed => replayed.Subject == subject && await read() is { } first ? new(first, null) : Refused(Refusals.KeyTaken),
            CommitOutcome.KeyTaken => Refused(Refusals.KeyTaken),
            CommitOutcome.Failed failed => Refused(failed.Refusal),
            CommitOutcome.Rejected rejected => Refused(Refusals.EvidenceFailure(rejected.Fault)),
            var unknown => throw new InvalidOperationException($"{unknown} is no outcome of a commit."),
        };

    private async ValueTask<Registration<TVersion>> SettleAsync(CommandKey key, Subject subject, TVersion there, Func<TVersion, bool> isSame)
    {
        if (isSame(there))
        {
            return new(there, null);
        }

        return key.RequestHash is not null && await ledger.FindAsync(subject, key) is CommitOutcome.KeyTaken
            ? Refused(Refusals.KeyTaken)
            : Refused(new(RefusalCode.VersionExists, $"{subject.Id} exists with other content, and versions never change; register the next version."));
    }

    private static Registration<TVersion> Refused(Refusal refusal) => new(null, refusal);
}
