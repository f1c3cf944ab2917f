using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Evidence.Verification;

/// <summary>What governs, as the entries of workflows, policies and delegations say it.</summary>
internal sealed class GoverningIndex
{
    // Far more versions than anybody registers; a log that has more was made to exhaust memory.
    private const int MostFacts = 500_000;

    private readonly Dictionary<Subject, Fact> _facts = [];
    private readonly Dictionary<Subject, Place> _revocations = [];
    private readonly Dictionary<(string SettingId, Digest EntryHash), Place> _settings = [];
    private readonly HashSet<Subject> _asked = [];

    private readonly record struct Place(string Origin, long Position, Instant At);

    private readonly record struct Fact(Place Place, Digest Hash, Binding? Workflow, PolicyReference? Policy, Actor Actor, string? Team, DelegationGrant? Grant);

    /// <summary>Takes an entry of something that governs.</summary>
    public void Take(LocatedEntry located, Findings findings)
    {
        var entry = located.Entry;
        var place = new Place(located.Origin, located.Position, entry.At);
        if (entry.Type == EventType.DelegationRevoked)
        {
            _revocations.TryAdd(entry.Subject, place);
        }
        else if (_facts.Count + _settings.Count >= MostFacts)
        {
            findings.Add(FindingCode.TooLarge, $"more than {MostFacts} versions and delegations are more than this verifier holds");
        }
        else if (entry.Type == EventType.SettingChanged)
        {
            _settings.TryAdd((entry.Subject.Id, located.Hash), place);
        }
        else if (entry.Sequence == 1 && entry.Type is EventType.WorkflowRegistered or EventType.PolicyRegistered or EventType.DelegationGranted)
        {
            _facts.TryAdd(entry.Subject, new Fact(place, located.Hash, entry.Binding, entry.Policy, entry.Actor, entry.OwningTeamId, entry.Delegation));
        }
    }

    /// <summary>Whether a replayed instance named a subject.</summary>
    public bool WasAsked(Subject subject) => _asked.Contains(subject);

    /// <summary>Checks that what an instance is bound to exists, is the same, and was there first.</summary>
    public void CheckBinding(LocatedEntry created, Findings findings)
    {
        var binding = created.Entry.Binding!;
        var subject = Subject.Workflow(binding.WorkflowId, binding.WorkflowVersion);
        if (Find(subject, created, findings) is { Workflow: { } workflow }
            && (workflow.WorkflowHash != binding.WorkflowHash || workflow.Materiality != binding.Materiality
                || workflow.WorkflowId != binding.WorkflowId || workflow.WorkflowVersion != binding.WorkflowVersion
                || workflow.PolicyVersionId != binding.PolicyVersionId || workflow.PolicyHash != binding.PolicyHash))
        {
            findings.Add(FindingCode.GoverningMismatch, $"workflow {subject.Id} is not the one that instance {created.Entry.Subject.Id} is bound to");
        }

        // A team may be observed where its workflow says ENFORCE, but only by a setting that is in the log.
        if (Find(subject, created, findings) is { Workflow: { } registered } && registered.Mode != binding.Mode && !binding.Settings.Any(IsOfMode))
        {
            findings.Add(FindingCode.GoverningMismatch, $"instance {created.Entry.Subject.Id} has mode {WireName.Of(binding.Mode)}, its workflow has not, and no setting says so");
        }

        CheckPolicy(new PolicyReference(binding.PolicyVersionId, binding.PolicyHash), created, findings);
        foreach (var required in binding.RequiredPolicies)
        {
            CheckPolicy(required, created, findings);
        }

        foreach (var setting in binding.Settings)
        {
            CheckSetting(setting, created, findings);
        }
    }

    /// <summary>Checks that a delegation covers the decision made under it.</summary>
    public void CheckDelegation(LocatedEntry decided, DelegationReference reference, Findings findings)
    {
        var entry = decided.Entry;
        var subject = Subject.Delegation(reference.DelegationId);
        if (Find(subject, decided, findings) is not { Grant: { } grant } fact)
        {
            return;
        }

        var fault =
            fact.Hash != reference.EntryHash ? "is not the one that the decision names"
            : fact.Actor.Person != reference.Grantor ? "was not granted by whom the decision names"
            : GrantFault(fact, grant) ?? (
            grant.To != entry.Actor.Person ? "was given to somebody else"
            : grant.Role != entry.Actor.Role ? "is for another role"
            : fact.Team != entry.Binding!.OwningTeamId ? "is for another team"
            : entry.At < fact.Place.At || entry.At >= grant.Until ? "does not cover the time of the decision"
            : _revocations.TryGetValue(subject, out var revoked) && Precedes(revoked, decided) ? "had been revoked"
            : null);
        if (fault is not null)
        {
            findings.Add(FindingCode.DelegationNotValid, $"delegation {reference.DelegationId:D} {fault}");
        }
    }

    // A grant that could not have been made lends nothing, however well it is hashed and signed.
    private static string? GrantFault(Fact fact, DelegationGrant grant) =>
        fact.Actor.Kind != ActorKind.Human ? "was not granted by a person"
        : fact.Actor.Role != grant.Role ? "lends a role that its grantor did not act in"
        : fact.Actor.Person == grant.To ? "was granted to oneself"
        : grant.Until.Since(fact.Place.At) > DelegationGrant.LongestTime ? $"lasts longer than {DelegationGrant.LongestTime.Days} days"
        : null;

    private void CheckPolicy(PolicyReference policy, LocatedEntry created, Findings findings)
    {
        if (Find(Subject.Policy(policy.PolicyVersionId), created, findings) is { Policy: { } registered } && registered != policy)
        {
            findings.Add(FindingCode.GoverningMismatch, $"policy {policy.PolicyVersionId} is not the one that instance {created.Entry.Subject.Id} is bound to");
        }
    }

    private static bool IsOfMode(SettingReference setting) => setting.SettingId.StartsWith("mode/", StringComparison.Ordinal);

    private void CheckSetting(SettingReference setting, LocatedEntry created, Findings findings)
    {
        _asked.Add(new Subject(SubjectType.Setting, setting.SettingId));
        if (!_settings.TryGetValue((setting.SettingId, setting.EntryHash), out var place))
        {
            findings.AddMissing(FindingCode.MissingGoverning, new MissingItem("entry", $"setting {setting.SettingId} with hash {setting.EntryHash}", null));
        }
        else if (!Precedes(place, created))
        {
            findings.Add(FindingCode.GoverningMismatch, $"setting {setting.SettingId} came after what it governs");
        }
    }

    private Fact? Find(Subject subject, LocatedEntry governed, Findings findings)
    {
        _asked.Add(subject);
        if (!_facts.TryGetValue(subject, out var fact))
        {
            findings.AddMissing(FindingCode.MissingGoverning, new MissingItem("entry", $"{WireName.Of(subject.Type)} {subject.Id}", 1));
            return null;
        }

        if (!Precedes(fact.Place, governed))
        {
            findings.Add(FindingCode.GoverningMismatch, $"{WireName.Of(subject.Type)} {subject.Id} came after what it governs");
        }

        return fact;
    }

    // In one log the position orders; between two logs only time can.
    private static bool Precedes(Place place, LocatedEntry located) =>
        place.Origin == located.Origin ? place.Position < located.Position : place.At <= located.Entry.At;
}
