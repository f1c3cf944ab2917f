using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Entries;

namespace Gantral.Evidence.Verification;

/// <summary>Private content against the hashes that its entry binds. Erased content leaves its hash, which is checked alike.</summary>
internal static class PayloadCheck
{
    /// <summary>Checks the private fields of an entry.</summary>
    public static void Check(Entry entry, ReadOnlySpan<byte> fieldsObject, Findings findings)
    {
        var fields = PayloadLine.Read(fieldsObject, out var fault);
        if (fault is not null)
        {
            findings.Add(FindingCode.MalformedLine, $"the payload of entry {entry.Sequence} of {entry.Subject.Id}: {fault}");
            return;
        }

        if (fields.Any(field => field.Name == PrivateFieldNames.ContextDelta && field.Unsalted == NoChange))
        {
            findings.Add(FindingCode.ContextDeltaRequired, $"the override of entry {entry.Sequence} of {entry.Subject.Id} changes nothing");
        }

        if (entry.PayloadHash != PayloadHashing.Over(fields.Select(field => KeyValuePair.Create(field.Name, field.Hash)))
            || fields.Any(field => Bound(entry, field.Name) is { } bound && bound != field.Hash)
            || fields.Any(field => field is { Name: PrivateFieldNames.Definition, Unsalted: { } unsalted } && Definition(entry) is { } bound && bound != unsalted))
        {
            findings.Add(FindingCode.WrongPayload, $"the payload of entry {entry.Sequence} of {entry.Subject.Id} is not what the entry hashes");
        }
    }

    private static readonly Digest NoChange = PayloadHashing.Of([], "{}"u8);

    // Some fields are bound twice: by the payload hash, and by name where the entry speaks of them.
    private static Digest? Bound(Entry entry, string name) => name switch
    {
        PrivateFieldNames.ContextSnapshot => entry.Authority?.ContextSnapshotHash ?? entry.Advice?.ContextSnapshotHash,
        PrivateFieldNames.ContextDelta => entry.Decision?.ContextDeltaHash,
        PrivateFieldNames.Justification => entry.Decision?.JustificationHash,
        _ => null,
    };

    private static Digest? Definition(Entry entry) => entry.Type switch
    {
        EventType.WorkflowRegistered => entry.Binding!.WorkflowHash,
        EventType.PolicyRegistered => entry.Policy!.PolicyHash,
        _ => null,
    };
}
