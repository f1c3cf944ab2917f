using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Adapters;

namespace Gantral.Silo.Webhooks;

/// <summary>What people are told elsewhere of an entry: what the evidence shows to everybody, and where to see the rest.</summary>
internal static class EntryNotice
{
    public static Notice Of(TailedEntry tailed, Uri? pages)
    {
        var entry = tailed.Entry;
        return new Notice(
            WireName.Of(entry.Type).ToLowerInvariant().Replace('_', ' '),
            entry.Binding?.WorkflowId ?? entry.Subject.Id,
            entry.Authority?.Step,
            entry.Authority?.EligibleApproverRoles ?? [],
            entry.Authority?.DecideBy?.ToDateTimeOffset(),
            entry.Subject.Type == Abstractions.Evidence.SubjectType.Instance && pages is not null ? new Uri(pages, $"instances/{entry.Subject.Id}") : null);
    }
}
