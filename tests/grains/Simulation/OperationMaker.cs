using System.Globalization;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Grains.Instances;
using Gantral.Grains.Tests.Instances;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Simulation;

/// <summary>Makes up what clients ask, from what they were told last; they may be wrong by now.</summary>
internal sealed class OperationMaker(Random random, House house)
{
    private static readonly string[] People = ["alice", "bob", "carol"];
    private readonly Dictionary<Guid, Instance> _seen = [];
    private int _made;

    /// <summary>The instances that somebody has heard of.</summary>
    public List<Guid> Instances { get; } = [];

    /// <summary>Somebody was told of an instance.</summary>
    public void Saw(Instance instance)
    {
        if (_seen.TryAdd(instance.InstanceId, instance))
        {
            Instances.Add(instance.InstanceId);
        }

        _seen[instance.InstanceId] = instance;
    }

    /// <summary>Something new.</summary>
    public Operation Next()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_made++}");
        if (Instances.Count == 0 || random.Next(6) == 0)
        {
            var start = random.Next(5) > 0;
            return new Operation($"{name} create", House.Key(name), () => house.Moments.Next().NewId, grain => grain.CreateAsync(House.Agent(name), House.Creation(start)));
        }

        var instanceId = Instances[random.Next(Instances.Count)];
        var known = _seen[instanceId];
        return known.Pending is { } pending && random.Next(3) > 0 ? Decide(name, instanceId, pending) : Work(name, instanceId);
    }

    /// <summary>Another request under a key that somebody has used.</summary>
    public Operation Misuse(Operation used)
    {
        var other = Work(used.Name, Instances.Count == 0 ? Guid.Empty : Instances[random.Next(Instances.Count)]);
        var key = used.Key with { RequestHash = House.Hash($"misuse {_made++}") };
        return new Operation($"misuse of {used.Name}", key, other.InstanceId, grain => grain.CancelAsync(new Caller(Life.Agent, [], key), null));
    }

    private Operation Decide(string name, Guid instanceId, Pending pending)
    {
        var role = pending.Request.EligibleApproverRoles[0];
        var caller = House.Caller(name, People[random.Next(People.Length)], role);
        var type = (DecisionType)random.Next(3);
        var decision = new OfferedDecision(type, role, pending.Request.ContextSnapshotHash, "read and understood", type == DecisionType.Override ? Life.Json("""{"percent":5}""") : null);
        return Of(name, type.ToString(), instanceId, grain => grain.DecideAsync(caller, decision));
    }

    private Operation Work(string name, Guid instanceId)
    {
        var (agent, runner) = (House.Agent(name), House.Runner(name));
        return random.Next(14) switch
        {
            0 => Of(name, "start", instanceId, grain => grain.StartAsync(agent)),
            < 4 => Of(name, "ask for deploy", instanceId, grain => grain.RequestAuthorityAsync(agent, "deploy", Life.Json("""{"environment":"production"}"""))),
            4 => Of(name, "ask for plan", instanceId, grain => grain.RequestAuthorityAsync(agent, "plan", Life.Json("{}"))),
            < 7 => Of(name, "claim", instanceId, grain => grain.ClaimAsync(runner, WorkKind.Resume)),
            7 => Of(name, "begin", instanceId, grain => grain.ClaimAsync(runner, WorkKind.Start)),
            8 => Of(name, "complete", instanceId, grain => grain.CompleteAsync(runner, new WorkRemains(Life.Json("[]"), new Cost("EUR", "1")))),
            9 => Of(name, "suspend", instanceId, grain => grain.SuspendAsync(runner, new WorkRemains(), Life.Json("""{"ref":"s3://bucket/1"}"""))),
            10 => Of(name, "expire decision", instanceId, grain => grain.ExpireAsync(agent.Key, Deadline.Decision)),
            11 => Of(name, "expire execution", instanceId, grain => grain.ExpireAsync(agent.Key, Deadline.Execution)),
            12 => Of(name, "attach", instanceId, grain => grain.AttachEvidenceAsync(agent, Life.Json("[]"))),
            _ => Of(name, "cancel", instanceId, grain => grain.CancelAsync(agent, null)),
        };
    }

    private static Operation Of(string name, string what, Guid instanceId, Func<InstanceGrain, ValueTask<Reply>> request) =>
        new($"{name} {what}", House.Key(name), () => instanceId, request);
}
