using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>Named references to secrets, which runners resolve where they run.</summary>
public sealed class ConnectionGroup
{
    private readonly Api _api;

    internal ConnectionGroup(Api api) => _api = api;

    /// <summary><c>POST /v1/connections</c>: registers a version for good. What looks like a secret itself is refused.</summary>
    public Task<RegisteredConnection> RegisterAsync(NewConnection connection, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync("v1/connections", connection, ClientJson.Default.NewConnection, ClientJson.Default.RegisteredConnection, idempotencyKey, cancellation);

    /// <summary>The same with a body as its author wrote it, so that the silo refuses what it does not know instead of never seeing it.</summary>
    public Task<RegisteredConnection> RegisterAsync(ReadOnlyMemory<byte> connection, CancellationToken cancellation = default) =>
        _api.PostAsItIsAsync("v1/connections", connection, ClientJson.Default.RegisteredConnection, cancellation);

    /// <summary><c>GET /v1/connections</c>: those of the caller's teams, in the order of their names.</summary>
    public Task<ConnectionPage> ListAsync(int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query("v1/connections").And("limit", limit).And("cursor", cursor).ToString(), ClientJson.Default.ConnectionPage, cancellation);

    /// <summary><c>GET /v1/connections/{connection_id}/versions/{version}</c>: a version that one of the caller's teams owns.</summary>
    public Task<RegisteredConnection> GetAsync(string connectionId, string version, CancellationToken cancellation = default) =>
        _api.GetAsync($"v1/connections/{PathPart.Of(connectionId)}/versions/{PathPart.Of(version)}", ClientJson.Default.RegisteredConnection, cancellation);
}
