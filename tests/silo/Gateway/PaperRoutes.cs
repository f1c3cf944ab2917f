using System.Collections.Immutable;
using Gantral.Silo.Gateway;
using Gantral.Silo.Gateway.Routes;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>The table of routes as it is served, with nothing behind it: to be looked at, not called.</summary>
internal static class PaperRoutes
{
    public static ImmutableArray<Route> All { get; } = RouteTable.Of(new GatewayParts
    {
        Grains = new RecordingGrains(),
        NewInstanceId = _ => default,
        NewDelegationId = null!,
        Instances = null!,
        Definitions = null!,
        Delegations = null!,
        Reports = null!,
        Overview = null!,
        Streams = null!,
        Subscriptions = null!,
        Hooks = null!,
        Queues = null!,
        Connections = null!,
        Secrets = null!,
        Outgoing = null!,
        Evidence = null!,
        Tokens = null!,
    });
}
