using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>How everything stands.</summary>
public sealed class OverviewGroup
{
    private readonly Api _api;

    internal OverviewGroup(Api api) => _api = api;

    /// <summary><c>GET /v1/overview</c>: the instances, gates, deadlines and queues of the caller's teams in figures, and what the silo that answers did lately.</summary>
    public Task<LiveOverview> GetAsync(CancellationToken cancellation = default) => _api.GetAsync("v1/overview", ClientJson.Default.LiveOverview, cancellation);
}
