using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Verification;

namespace Gantral.Lives.Vectors;

/// <summary>Lives as they should be, each shown whole.</summary>
public static class ValidLives
{
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    /// <summary>Every life, by its name.</summary>
    public static IReadOnlyDictionary<string, Func<PaperLog, Life>> All { get; } = new Dictionary<string, Func<PaperLog, Life>>
    {
        ["approve"] = Approve,
        ["approve-at-start"] = log => new Life(log, "approve-at-start").Create(Life.Ask(HalfHour)).Decide("alice", DecisionType.Approve).Resume().Complete(),
        ["reject"] = log => Waiting(log, "reject").Decide("alice", DecisionType.Reject),
        ["override"] = log => Waiting(log, "override").Suspend().Decide("alice", DecisionType.Override, delta: """{"amount":50,"note":null,"percent":5}""").Resume().Complete(new Cost("USD", "0.12")),
        ["timeout"] = log => Waiting(log, "timeout").Wait(HalfHour).Expire(),
        ["escalation"] = log => Waiting(log, "escalation", OnTimeout.Escalate).Wait(HalfHour).Expire().Decide("carol", DecisionType.Approve, "cto").Resume().Complete(),
        ["escalation-timeout"] = log => Waiting(log, "escalation-timeout", OnTimeout.Escalate).Wait(HalfHour).Expire().Wait(HalfHour).Expire(),
        ["quorum"] = log => new Life(log, "quorum").Create(Life.Allow)
            .Request(Life.Ask(HalfHour, approvals: 2, distinct: true, roles: ["release-manager", "security"]))
            .Decide("alice", DecisionType.Approve).Decide("bob", DecisionType.Approve, "security").Resume().Complete(),
        ["quorum-reject"] = log => new Life(log, "quorum-reject").Create(Life.Allow)
            .Request(Life.Ask(HalfHour, approvals: 3)).Decide("alice", DecisionType.Approve).Decide("bob", DecisionType.Reject),
        ["delegation"] = Delegated,
        ["denial"] = log => new Life(log, "denial").Create(Life.Allow).Request(Life.Deny),
        ["denial-at-start"] = log => new Life(log, "denial-at-start").Create(Life.Deny),
        ["policy-unavailable"] = log => new Life(log, "policy-unavailable").Create(Life.Allow).Request(new PolicyAnswer.Unavailable()),
        ["policy-conflict"] = log => new Life(log, "policy-conflict").Create(Life.Allow).Request(new PolicyAnswer.Conflicting()),
        ["observe"] = log => new Life(log, "observe", Mode.Observe).Create(Life.Ask(HalfHour)).Request(Life.Ask(HalfHour)).Request(Life.Deny)
            .Request(new PolicyAnswer.Unavailable()).Request(Life.Allow).Complete(),
        ["two-gates"] = log => Waiting(log, "two-gates").Decide("alice", DecisionType.Approve).Resume()
            .Request(Life.Ask(HalfHour)).Decide("bob", DecisionType.Approve).Resume().Complete(),
        ["approval-expired"] = log => new Life(log, "approval-expired").Create(Life.Allow).Request(Life.Ask(HalfHour, executeWithin: TimeSpan.FromMinutes(5)))
            .Decide("alice", DecisionType.Approve).Wait(TimeSpan.FromMinutes(5)).Expire(Deadline.Execution),
        ["agent-failed"] = log => new Life(log, "agent-failed").Create(Life.Allow).Do(id => new Command.Fail(Life.Runner, id, Life.Json("\"exit code 1\""))),
        ["runner-lost"] = log => new Life(log, "runner-lost").Create(Life.Allow).Expire(Deadline.Lease),
        ["cancelled"] = log => Waiting(log, "cancelled").Do(id => new Command.Cancel(Life.Person("oscar"), id, "not needed any more")),
        ["evidence-failure"] = log => new Life(log, "evidence-failure").Create(Life.Allow).Do(id => new Command.FailEvidence(id)),
        ["agent-suspends-itself"] = log => new Life(log, "agent-suspends-itself").Create(Life.Allow).Suspend().Decide("alice", DecisionType.Approve).Resume().Complete(),
        ["after-the-end"] = log => Approve(log, "after-the-end").Do(id => new Command.AttachEvidence(Life.Runner, id, Life.Json("""[{"hash":"sha256:11","ref":"s3://bucket/log"}]""")))
            .Do(id => new Command.RecordCost(Life.Runner, id, new Cost("EUR", "1.50")))
            .Do(id => new Command.Redact(Life.Person("dora"), id, new Redaction(3, [PrivateFieldNames.ContextSnapshot]), "asked for by the customer")),
    };

    /// <summary>The frozen cases: each life as a bundle of its instance, and the whole logs around some.</summary>
    public static IEnumerable<VectorCase> Cases()
    {
        foreach (var (name, live) in All)
        {
            yield return new VectorCase(name, Verdict.Valid, FindingCode.Ok, () => Bundle(live).ToBytes());
        }

        yield return new VectorCase("without-payloads", Verdict.Valid, FindingCode.Ok, () => Bundle(Approve, payloads: false).ToBytes());
        yield return new VectorCase("redacted", Verdict.Valid, FindingCode.Ok, Redacted);
        yield return new VectorCase("witnessed", Verdict.Valid, FindingCode.Ok, () => Headed((log, head) => log.Sign(head, VectorKeys.Witness)));
        yield return new VectorCase("whole-log", Verdict.Valid, FindingCode.Ok, () => Several().Export(payloads: true).ToBytes());
        yield return new VectorCase("whole-log-open", Verdict.Valid, FindingCode.Ok, () => OneWaits().Export().ToBytes());
        yield return new VectorCase("rotated-key", Verdict.Valid, FindingCode.Ok, () => Rotated().Export().ToBytes());
        yield return new VectorCase("log-reopened", Verdict.Valid, FindingCode.Ok, () => Reopened(log => new LogHead(log.Origin, log.Entries.Count + 3, log.Head().Root)).Export().ToBytes());
        yield return new VectorCase("log-reopened-known", Verdict.Valid, FindingCode.Ok, () => Reopened(HeadOf).Export().ToBytes()) { Known = [OneLife().Head()] };
        yield return new VectorCase("team-export", Verdict.Valid, FindingCode.Ok, () => TwoTeams().Export(hide: entry => entry.Binding?.OwningTeamId == "search").ToBytes());
        yield return new VectorCase("range", Verdict.Valid, FindingCode.Ok, () => Several().Export(12, 17).ToBytes());
        yield return new VectorCase("range-that-cuts-lives", Verdict.Inconclusive, FindingCode.MissingEntry, () => Several().Export(9, 30).ToBytes());
        yield return new VectorCase("two-logs", Verdict.Valid, FindingCode.Ok, () => TwoLogs().ToBytes());
        yield return new VectorCase("log-governed-by-another", Verdict.Valid, FindingCode.Ok, () => GovernedElsewhere(log => log.Export(payloads: true)).ToBytes());
        yield return new VectorCase("range-governed-by-another", Verdict.Valid, FindingCode.Ok, () => GovernedElsewhere(log => log.Export(2, log.Entries.Count - 1)).ToBytes());
        yield return new VectorCase("governed-by-setting", Verdict.Valid, FindingCode.Ok, () => Bundle(GovernedBySetting).ToBytes());
        yield return new VectorCase("open", Verdict.Inconclusive, FindingCode.Open, () => Bundle(log => Waiting(log, "open")).ToBytes());
    }

    /// <summary>The plain life: asked, suspended, approved, taken up, completed.</summary>
    public static Life Approve(PaperLog log) => Approve(log, "approve");

    /// <summary>The bundle of a life in a log of its own.</summary>
    public static BundleFile Bundle(Func<PaperLog, Life> live, bool payloads = true)
    {
        var log = VectorKeys.NewLog();
        return log.Instance(live(log).InstanceId, payloads);
    }

    /// <summary>A log of all lives.</summary>
    public static PaperLog Everything()
    {
        var log = VectorKeys.NewLog();
        foreach (var live in All.Values)
        {
            live(log);
        }

        return log;
    }

    private static PaperLog Several()
    {
        var log = VectorKeys.NewLog();
        foreach (var name in new[] { "approve", "reject", "override", "delegation", "observe" })
        {
            All[name](log);
        }

        return log;
    }

    /// <summary>A life up to its first gate.</summary>
    public static Life Waiting(PaperLog log, string name, OnTimeout onTimeout = OnTimeout.FailClosed) =>
        new Life(log, name).Create(Life.Allow).Request(Life.Ask(HalfHour, onTimeout));

    /// <summary>A decision made under a delegation.</summary>
    public static Life Delegated(PaperLog log)
    {
        var life = Waiting(log, "delegation");
        var lent = life.Delegate("alice", "bob", TimeSpan.FromDays(3));
        return life.Decide("bob", DecisionType.Approve, delegation: lent).Resume().Complete();
    }

    private static Life Approve(PaperLog log, string name) => Waiting(log, name).Suspend().Decide("alice", DecisionType.Approve).Resume().Complete();

    private static byte[] Headed(Func<PaperLog, Gantral.Evidence.Log.Checkpoint, byte[]> sign)
    {
        var log = VectorKeys.NewLog();
        var life = Approve(log);
        return log.Instance(life.InstanceId, sign(log, log.Head())).ToBytes();
    }

    private static byte[] Redacted()
    {
        var log = VectorKeys.NewLog();
        var life = Approve(log, "redacted").Do(id => new Command.Redact(Life.Person("dora"), id, new Redaction(3, [PrivateFieldNames.ContextSnapshot]), "asked for by the customer"));
        var file = log.Instance(life.InstanceId);
        var position = log.Entries.Select((entry, at) => (entry, at)).Single(pair => pair.entry.Entry is { Sequence: 3 } found && found.Subject == Subject.Instance(life.InstanceId));
        var erased = position.entry.Payload.Select(field => KeyValuePair.Create(field.Name, field.Hash()));
        var shown = BundleLines.Payload(position.at, position.entry.Payload);
        var index = file.Lines.FindIndex(line => line.Bytes.AsSpan().SequenceEqual(shown));
        file.Lines[index] = (LineKind.Payload, BundleLines.Payload(position.at, [], erased));
        return file.ToBytes();
    }

    // What governs stands in one log, the instance in another: each line says which, unless it is the header's.
    private static BundleFile TwoLogs()
    {
        var (life, instances, governing) = Apart("two-logs");
        var file = new BundleFile { Origin = VectorKeys.SecondOrigin, Scope = BundleScope.Instance, InstanceId = Subject.Instance(life.InstanceId).Id };
        file.Lines.AddRange(Proven(instances, null));
        file.Lines.AddRange(Proven(governing, VectorKeys.Origin));
        return file;
    }

    // The log of the instance, or a range of it: what governs it stands first. A setting is nobody's, and only makes the log longer.
    private static BundleFile GovernedElsewhere(Func<PaperLog, BundleFile> export)
    {
        var (_, instances, governing) = Apart("governed-elsewhere");
        instances.Add(SealedEntry.Seal(instances.Governing(new Subject(SubjectType.Setting, "note"), EventType.SettingChanged) with { Actor = Life.Person("author-1"), OwningTeamId = "payments" }));
        var file = export(instances);
        file.Lines.InsertRange(0, Proven(governing, VectorKeys.Origin));
        return file;
    }

    private static (Life Life, PaperLog Instances, PaperLog Governing) Apart(string name)
    {
        var both = VectorKeys.NewLog();
        var life = Approve(both, name);
        var governing = new PaperLog(VectorKeys.Origin, VectorKeys.Signer, VectorKeys.Start);
        var instances = new PaperLog(VectorKeys.SecondOrigin, VectorKeys.SecondSigner, VectorKeys.Start);
        foreach (var entry in both.Entries.Skip(2))
        {
            (entry.Entry.Subject.Type == SubjectType.Instance ? instances : governing).Add(entry);
        }

        return (life, instances, governing);
    }

    private static IEnumerable<(LineKind, byte[])> Proven(PaperLog log, string? origin)
    {
        for (var position = 2; position < log.Entries.Count; position++)
        {
            yield return (LineKind.Entry, BundleLines.Entry(position, log.Entries[position].Bytes, origin));
            yield return (LineKind.Proof, BundleLines.Proof(position, log.Entries.Count, log.Inclusion(position), origin));
        }

        yield return (LineKind.Checkpoint, BundleLines.Checkpoint(log.Sign(log.Head())));
    }

    private static Life GovernedBySetting(PaperLog log)
    {
        var setting = SealedEntry.Seal(
            log.Governing(new Subject(SubjectType.Setting, "required_policies/payments/HIGH"), EventType.SettingChanged) with { Actor = Life.Person("author-1"), OwningTeamId = "payments" },
            new PrivateField(PrivateFieldNames.Definition, new byte[PrivateField.SaltSize], Life.Json("""["deploy-guard@7"]""")));
        log.Add(setting);
        var plain = new Life(log, "governed-by-setting");
        var bound = new Life(log, "governed-by-setting")
        {
            Binding = plain.Binding with
            {
                RequiredPolicies = [new PolicyReference(plain.Binding.PolicyVersionId, plain.Binding.PolicyHash)],
                Settings = [new SettingReference(setting.Entry.Subject.Id, setting.Hash)],
            },
        };
        return bound.Create(Life.Allow).Request(Life.Ask(HalfHour)).Decide("alice", DecisionType.Reject);
    }

    private static PaperLog OneWaits()
    {
        var log = VectorKeys.NewLog();
        Approve(log);
        Waiting(log, "open");
        return log;
    }

    private static PaperLog Rotated()
    {
        var log = VectorKeys.NewLog();
        Approve(log);
        log.Introduce(VectorKeys.NextSigner.PublicKey);
        log.Signer = VectorKeys.NextSigner;
        log.Retire(VectorKeys.Signer.PublicKey);
        Waiting(log, "rotated").Decide("alice", DecisionType.Reject);
        return log;
    }

    /// <summary>A log that goes on under another name, and what it says of the one before.</summary>
    public static PaperLog Reopened(Func<PaperLog, LogHead?> known)
    {
        var log = OneLife();
        log.Reopen(VectorKeys.SecondSigner, known(log));
        Waiting(log, "reject").Decide("alice", DecisionType.Reject);
        return log;
    }

    /// <summary>The head of a log as it is.</summary>
    public static LogHead HeadOf(PaperLog log) => new(log.Origin, log.Head().Size, log.Head().Root);

    private static PaperLog OneLife()
    {
        var log = VectorKeys.NewLog();
        Approve(log);
        return log;
    }

    private static PaperLog TwoTeams()
    {
        var log = VectorKeys.NewLog();
        Approve(log);
        new Life(log, "other-team", team: "search").Create(Life.Allow).Complete();
        Waiting(log, "reject").Decide("alice", DecisionType.Reject);
        return log;
    }
}
