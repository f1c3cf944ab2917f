using System.Net;
using System.Text.Json.Nodes;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Gateway;

namespace Gantral.Silo.Tests.Streams;

/// <summary>Reads a stream as a browser does: over HTTP, line by line, keeping the last id.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpClient _client;
    private readonly StreamReader _lines;

    private EventReader(HttpClient client, HttpResponseMessage response, StreamReader lines, string? lastId)
    {
        (_client, _lines, LastId) = (client, lines, lastId);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>What is sent when it connects again.</summary>
    public string? LastId { get; private set; }

    /// <summary>Connects, and answers once the headers and the first comment are there.</summary>
    public static async Task<EventReader> OpenAsync(Uri address, string token, string query = "", string? lastId = null)
    {
        var client = new HttpClient { BaseAddress = address };
        var request = ServedApi.Request("GET", $"/v1/streams/entries{query}", token);
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TestFolder.Patience);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            throw new HttpRequestException("The silo serves nobody just now.");
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var reader = new EventReader(client, response, new StreamReader(await response.Content.ReadAsStreamAsync()), lastId);
        var first = await reader._lines.ReadLineAsync().WaitAsync(TestFolder.Patience) ?? throw new IOException("The stream ended before it began.");
        Assert.StartsWith(":", first, StringComparison.Ordinal);
        return reader;
    }

    /// <summary>The next event; none at the end.</summary>
    public async Task<ToldEvent?> NextAsync()
    {
        var (name, id, data) = ("message", (string?)null, "");
        while (await _lines.ReadLineAsync().WaitAsync(TestFolder.Patience) is { } line)
        {
            if (line.Length == 0 && data.Length > 0)
            {
                LastId = id ?? LastId;
                return new ToldEvent(name, id, JsonNode.Parse(data)!);
            }

            var parts = line.Split(": ", 2);
            (name, id, data) = parts[0] switch
            {
                "event" => (parts[1], id, data),
                "id" => (name, parts[1], data),
                "data" => (name, id, parts[1]),
                _ => (name, id, data),
            };
        }

        return null;
    }

    /// <summary>The next event of a name.</summary>
    public async Task<ToldEvent> NextAsync(string name)
    {
        while (true)
        {
            var told = await NextAsync();
            Assert.NotNull(told);
            if (told.Name == name)
            {
                return told;
            }
        }
    }

    /// <summary>So many entries.</summary>
    public async Task<List<ToldEvent>> EntriesAsync(int count)
    {
        var entries = new List<ToldEvent>();
        while (entries.Count < count)
        {
            entries.Add(await NextAsync("entry"));
        }

        return entries;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _client.Dispose();
    }
}
