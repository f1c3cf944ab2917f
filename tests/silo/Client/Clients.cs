using Gantral.Client;
using Gantral.Silo.Tests.AuthorityApi;

namespace Gantral.Silo.Tests.Client;

/// <summary>Clients of a silo, in somebody's name.</summary>
internal static class Clients
{
    /// <summary>A person is written "alice: role role", a program "agent! role role".</summary>
    public static GantralClient Client(this ServedSilo silo, string who, HttpMessageHandler? handler = null)
    {
        var options = new GantralClientOptions { Address = silo.Address, Token = _ => ValueTask.FromResult(silo.Token(who)) };
        return handler is null ? new GantralClient(options) : new GantralClient(options, new HttpClient(handler));
    }

    /// <summary>Decides what is pending, as a release-manager.</summary>
    public static async Task<MadeDecision> DecideAsync(this GantralClient client, Guid instanceId, Abstractions.Authority.DecisionType type, System.Text.Json.Nodes.JsonObject? delta = null) =>
        await client.Decisions.DecideAsync(new NewDecision
        {
            InstanceId = instanceId,
            DecisionType = type,
            Role = "release-manager",
            Justification = "read and understood",
            ContextSnapshotHash = (await client.Instances.GetAsync(instanceId)).Pending!.ContextSnapshotHash,
            ContextDelta = delta,
        });
}
