using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Entries;
using Gantral.Grains.Authority;
using Gantral.Grains.Definitions;
using Gantral.Grains.Ledger;

namespace Gantral.Grains.Policies;

/// <summary>A policy version: compiled when it is first read, and asked by many at once.</summary>
public sealed class PolicyGrain : IPolicyGrain
{
    private readonly string _policyVersionId;
    private readonly ILedger _ledger;
    private readonly Registrar<PolicyVersion> _registrar;
    private readonly ReadOnce<Compiled> _compiled;

    /// <summary>Makes the grain of a version, whether that exists yet or not.</summary>
    public PolicyGrain(string policyVersionId, ILedger ledger, IMoments moments)
    {
        (_policyVersionId, _ledger) = (policyVersionId, ledger);
        _registrar = new Registrar<PolicyVersion>(ledger, moments);
        _compiled = new ReadOnce<Compiled>(LoadAsync);
    }

    /// <summary>Whether the version was found.</summary>
    public bool IsKnown => _compiled.IsKnown;

    private Subject Subject => Subject.Policy(_policyVersionId);

    /// <inheritdoc/>
    public async ValueTask<Registration<PolicyVersion>> RegisterAsync(Caller caller, string owningTeamId, CanonicalBytes definition)
    {
        if (Fault(owningTeamId, definition) is { } fault)
        {
            return new(null, new Refusal(RefusalCode.InvalidBody, fault));
        }

        return await _registrar.RegisterAsync(
            caller.Key,
            Subject,
            ReadAsync,
            there => there.OwningTeamId == owningTeamId && there.Definition == definition,
            moment => Write(caller, owningTeamId, definition, moment));
    }

    /// <inheritdoc/>
    public async ValueTask<PolicyVersion?> ReadAsync() => (await _compiled.GetAsync())?.Version;

    /// <inheritdoc/>
    public async ValueTask<PolicyAnswer> AskAsync(PolicyQuestion question)
    {
        try
        {
            return await _compiled.GetAsync() is { } compiled ? await compiled.Evaluator.EvaluateAsync(question) : new PolicyAnswer.Unavailable();
        }
        catch (Exception)
        {
            // Whatever goes wrong is no answer, and no answer is never ALLOW.
            return new PolicyAnswer.Unavailable();
        }
    }

    private string? Fault(string owningTeamId, CanonicalBytes definition) =>
        !PolicyDefinitionReader.TryRead(definition, out var policy, out var fault) ? fault
        : policy.PolicyVersionId != _policyVersionId ? $"policy_id and version make '{policy.PolicyVersionId}', not '{_policyVersionId}'."
        : policy.OwningTeamId is { } named && named != owningTeamId ? "owning_team_id is not the team that registers."
        : null;

    private SealedEntry Write(Caller caller, string owningTeamId, CanonicalBytes definition, Moment moment) => SealedEntry.Seal(
        new Entry
        {
            Subject = Subject,
            Sequence = 1,
            PrevHash = Digest.Zero,
            Type = EventType.PolicyRegistered,
            At = moment.At,
            Actor = caller.Actor,
            OwningTeamId = owningTeamId,
            Policy = new PolicyReference(_policyVersionId, PayloadHashing.Definition(definition)),
            CommandId = caller.Key.CommandId,
        },
        new PrivateField(PrivateFieldNames.Definition, moment.Salts[..PrivateField.SaltSize], definition));

    private async ValueTask<Compiled?> LoadAsync()
    {
        if (await StoredDefinition.ReadAsync(_ledger, Subject) is not var (entry, definition))
        {
            return null;
        }

        if (PayloadHashing.Definition(definition) != entry.Policy!.PolicyHash || !PolicyDefinitionReader.TryRead(definition, out var policy, out _))
        {
            throw StoredDefinition.Unreadable(Subject);
        }

        var version = new PolicyVersion
        {
            Reference = entry.Policy,
            OwningTeamId = entry.OwningTeamId!,
            Teams = policy.Teams,
            Definition = definition,
            RegisteredAt = entry.At,
            RegisteredBy = entry.Actor,
        };
        return new Compiled(version, PolicyEvaluators.Of(policy.Evaluator));
    }

    private sealed record Compiled(PolicyVersion Version, IPolicyEvaluator Evaluator);
}
