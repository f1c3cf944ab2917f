using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;

namespace Gantral.Bench.Streams;

/// <summary>One who follows a team over HTTP, and notes of each entry where it is and when it came.</summary>
internal sealed class TeamReader(HttpClient client, string team, string token)
{
    private readonly IncrementalHash _positions = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public string Team => team;

    /// <summary>Completes when the stream has begun.</summary>
    public Task Ready => _ready.Task;

    /// <summary>How many entries came.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Each entry's position and when it came, in milliseconds since 1970, while <see cref="IsMeasured"/>.</summary>
    public List<(long Position, double At)> Came { get; } = [];

    public bool IsMeasured { get; set; }

    /// <summary>What the positions of all entries hash to, in the order in which they came.</summary>
    public string Hash() => Convert.ToHexStringLower(_positions.GetCurrentHash());

    /// <summary>Reads until it is called off.</summary>
    public async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/streams/entries?workflow_id=deploy-{team}");
            request.Headers.Authorization = new("Bearer", token);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            response.EnsureSuccessStatusCode();
            await ReadLinesAsync(PipeReader.Create(await response.Content.ReadAsStreamAsync(stop)), stop);
            throw new IOException("the silo ended the stream");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Everything has come.
        }
        catch (Exception broken)
        {
            _ready.TrySetException(broken);
            throw;
        }
    }

    private async Task ReadLinesAsync(PipeReader body, CancellationToken stop)
    {
        var isEntry = false;
        while (await body.ReadAsync(stop) is { IsCompleted: false } read)
        {
            var now = DateTimeOffset.UtcNow;
            var rest = new SequenceReader<byte>(read.Buffer);
            while (rest.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
            {
                var text = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
                if (text.StartsWith("event: "u8))
                {
                    isEntry = text.EndsWith("entry"u8);
                }
                else if (text.StartsWith("data: "u8) && isEntry)
                {
                    Note(text["data: "u8.Length..], now);
                }
                else if (text.StartsWith("data: "u8))
                {
                    _ready.TrySetResult();
                }
            }

            body.AdvanceTo(rest.Position, read.Buffer.End);
        }
    }

    private void Note(ReadOnlySpan<byte> entry, DateTimeOffset now)
    {
        var position = 0L;
        var json = new Utf8JsonReader(entry);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1 && json.ValueTextEquals("position"u8))
            {
                json.Read();
                position = json.GetInt64();
                break;
            }
        }

        Add(_positions, position);
        if (IsMeasured)
        {
            Came.Add((position, (now - DateTimeOffset.UnixEpoch).TotalMilliseconds));
        }

        Interlocked.Increment(ref _count);
    }

    /// <summary>Adds a position to a hash.</summary>
    public static void Add(IncrementalHash hash, long position) => hash.AppendData(BitConverter.GetBytes(position));

    /// <summary>What it has, in a line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{team} {Count} {Hash()}");
}
