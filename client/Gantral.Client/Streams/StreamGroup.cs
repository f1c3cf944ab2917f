using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Gantral.Abstractions.Vocabulary;
using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>What happens, as it happens.</summary>
public sealed class StreamGroup
{
    private readonly Api _api;

    internal StreamGroup(Api api) => _api = api;

    /// <summary>
    /// <c>GET /v1/streams/entries</c>: from now on, or after the event that <paramref name="lastEventId"/> names. It ends when
    /// the silo ends it or the connection breaks, and does not connect again by itself: call it again with the last id that was
    /// seen, and nothing is missing and nothing comes twice.
    /// </summary>
    public async IAsyncEnumerable<StreamedEvent> EntriesAsync(StreamFilter? filter = null, string? lastEventId = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var path = new Query("v1/streams/entries").And("team", filter?.Teams).And("workflow_id", filter?.Workflows).And("type", filter?.Types?.Select(type => WireName.Of(type))).ToString();
        var body = await _api.OpenAsync(path, "text/event-stream, application/problem+json", cancellation, lastEventId).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            await foreach (var told in SseParser.Create(body).EnumerateAsync(cancellation).ConfigureAwait(false))
            {
                yield return told.EventType switch
                {
                    "entry" => new StreamedEvent(told.EventId ?? "", JsonSerializer.Deserialize(told.Data, ClientJson.Default.StreamedEntry), null),
                    "end" => new StreamedEvent(told.EventId ?? "", null, JsonSerializer.Deserialize(told.Data, ClientJson.Default.StreamEnd)?.Reason),
                    _ => new StreamedEvent(told.EventId ?? "", null, null),
                };
            }
        }
    }
}
