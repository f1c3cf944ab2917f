using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>Whoever asks.</summary>
public sealed class CallerGroup
{
    private readonly Api _api;

    internal CallerGroup(Api api) => _api = api;

    /// <summary><c>GET /v1/caller</c>: who the caller is to this silo.</summary>
    public Task<TokenCaller> GetAsync(CancellationToken cancellation = default) => _api.GetAsync("v1/caller", ClientJson.Default.TokenCaller, cancellation);
}
