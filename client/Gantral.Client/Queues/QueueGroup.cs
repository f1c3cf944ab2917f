using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>Queues, and fetching work from them.</summary>
public sealed class QueueGroup
{
    private readonly Api _api;

    internal QueueGroup(Api api) => _api = api;

    /// <summary><c>POST /v1/queues/{queue}/claims</c>: fetches work. A claim that is called off while it is answered may leave work with nobody until its lease ends.</summary>
    public async Task<IReadOnlyList<ClaimedTask>> ClaimAsync(string queue, Claim claim, CancellationToken cancellation = default) =>
        (await _api.PostAsync($"v1/queues/{PathPart.Of(queue)}/claims", claim, ClientJson.Default.Claim, ClientJson.Default.ClaimedTasks, idempotencyKey: null, cancellation, claim.Wait ?? TimeSpan.Zero).ConfigureAwait(false)).Tasks;

    /// <summary><c>GET /v1/queues</c>: the queues of the caller's teams.</summary>
    public async Task<IReadOnlyList<QueueStanding>> ListAsync(CancellationToken cancellation = default) =>
        (await _api.GetAsync("v1/queues", ClientJson.Default.QueueStandings, cancellation).ConfigureAwait(false)).Queues;

    /// <summary><c>GET /v1/queues/{queue}</c>: how one queue stands.</summary>
    public Task<QueueStanding> GetAsync(string queue, string? owningTeamId = null, CancellationToken cancellation = default) =>
        _api.GetAsync(new Query($"v1/queues/{PathPart.Of(queue)}").And("owning_team_id", owningTeamId).ToString(), ClientJson.Default.QueueStanding, cancellation);

    /// <summary><c>POST /v1/queues/{queue}</c>: says what is wanted of a queue.</summary>
    public Task<QueueStanding> OrderAsync(string queue, QueueOrder order, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _api.PostAsync($"v1/queues/{PathPart.Of(queue)}", order, ClientJson.Default.QueueOrder, ClientJson.Default.QueueStanding, idempotencyKey, cancellation);
}
