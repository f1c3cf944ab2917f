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
    private readonly IGrains _grains;
    private readonly PolicyEvaluators _evaluators;
    private readonly Registrar<PolicyVersion> _registrar;
    private readonly ReadOnce<Compiled> _compiled;

    /// <summary>Makes the grain of a version, whether that exists yet or not.</summary>
    /// <param name="policyVersionId">The version.</param>
    /// <param name="ledger">Where it is written and read.</param>
    /// <param name="moments">Time and chance.</param>
    /// <param name="grains">Where the policies are that it may be made of.</param>
    /// <param name="http">Where it is asked if another service evaluates it.</param>
    public PolicyGrain(string policyVersionId, ILedger ledger, IMoments moments, IGrains grains, IHttpPolicies http)
    {
        (_policyVersionId, _ledger, _grains) = (policyVersionId, ledger, grains);
        _evaluators = new PolicyEvaluators(grains, http);
        _registrar = new Registrar<PolicyVersion>(ledger, moments);
        _compiled = new ReadOnce<Compiled>(LoadAsync);
    }

    /// <summary>Whether the version was found.</summary>
    public bool IsKnown => _compiled.IsKnown;

    private Subject Subject => Subject.Policy(_policyVersionId);

    /// <inheritdoc/>
    public async ValueTask<Registration<PolicyVersion>> RegisterAsync(Caller caller, string owningTeamId, CanonicalBytes definition)
    {
        try
        {
            if (await RefusalAsync(owningTeamId, definition) is { } refusal)
            {
                return new(null, refusal);
            }
        }
        catch (LedgerUnavailableException)
        {
            return new(null, Refusals.StorageUnavailable);
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

    /// <inheritdoc/>
    public async ValueTask<PolicyTrial> TryAsync(PolicyQuestion question)
    {
        var none = new PolicyTrial(_policyVersionId, new PolicyAnswer.Unavailable());
        try
        {
            return await _compiled.GetAsync() is { } compiled
                ? await compiled.Evaluator.TryAsync(question with { PolicyVersionId = _policyVersionId, DryRun = true })
                : none;
        }
        catch (Exception)
        {
            return none;
        }
    }

    private async ValueTask<Refusal?> RefusalAsync(string owningTeamId, CanonicalBytes definition) =>
        !PolicyDefinitionReader.TryRead(definition, out var policy, out var fault) ? Invalid(fault)
        : policy.PolicyVersionId != _policyVersionId ? Invalid($"policy_id and version make '{policy.PolicyVersionId}', not '{_policyVersionId}'.")
        : policy.OwningTeamId is { } named && named != owningTeamId ? Invalid("owning_team_id is not the team that registers.")
        : await _evaluators.RefusalAsync(owningTeamId, policy.Evaluator);

    private static Refusal Invalid(string fault) => new(RefusalCode.InvalidBody, fault);

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

        if (policy.Evaluator is EvaluatorDefinition.Composite composite && !await new Members(_grains).AreThereAsync(composite.Members))
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
        return new Compiled(version, _evaluators.Of(_policyVersionId, policy.Evaluator));
    }

    private sealed record Compiled(PolicyVersion Version, IPolicyEvaluator Evaluator);
}
