using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>The instances that a caller may know of: those of its teams. To anybody else they are not there.</summary>
internal sealed class TeamInstances(IGrains grains)
{
    /// <summary>The answer for one that is not there, whyever.</summary>
    public static Answer NotFound { get; } = Answer.Refused(RefusalCode.NotFound, "There is no such instance among those of your teams; check its id, and whether your token speaks for its team.");

    /// <summary>The instance in the path.</summary>
    public ValueTask<Instance?> FindAsync(ApiRequest request) => FindAsync(request, request.PathId("instance_id"));

    /// <summary>An instance.</summary>
    public async ValueTask<Instance?> FindAsync(ApiRequest request, Guid? instanceId)
    {
        var instance = instanceId is { } id ? await grains.Instance(id).ReadAsync() : null;
        return instance is not null && request.IsOf(instance.Binding.OwningTeamId) ? instance : null;
    }

    /// <summary>Sends a command to the instance in the path; no reply where the caller may know of none.</summary>
    public async ValueTask<Reply?> CommandAsync(ApiRequest request, Func<IInstanceGrain, Caller, ValueTask<Reply>> command) =>
        request.PathId("instance_id") is { } id && await TeamOfAsync(request, id) is { } team ? await command(grains.Instance(id), request.For(team)) : null;

    /// <summary>The team that owns an instance, if the caller may know of it. It never changes, so nothing is read anew.</summary>
    public async ValueTask<string?> TeamOfAsync(ApiRequest request, Guid instanceId) =>
        await grains.Instance(instanceId).BindingAsync() is { } binding && request.IsOf(binding.OwningTeamId) ? binding.OwningTeamId : null;
}
