using Gantral.Abstractions.Evidence;
using Gantral.Grains.Ledger;

namespace Gantral.Grains.Definitions;

/// <summary>The registration of a version, as the ledger holds it.</summary>
internal static class StoredDefinition
{
    /// <summary>The entry that registered a version and the definition with it; none where nothing is registered.</summary>
    public static async ValueTask<(Entry Entry, CanonicalBytes Definition)?> ReadAsync(ILedger ledger, Subject subject)
    {
        var entries = await ledger.ReadAsync(subject);
        return entries.IsEmpty ? null
            : entries[0].Payload.FirstOrDefault(field => field.Name == PrivateFieldNames.Definition) is { } field ? (entries[0].Entry, field.Value)
            : throw Unreadable(subject);
    }

    /// <summary>What is stored is not what was registered.</summary>
    public static InvalidOperationException Unreadable(Subject subject) =>
        new($"The definition of {subject.Id} is not what was registered: it is gone, was changed, or is of a later release.");
}
