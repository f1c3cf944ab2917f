using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Streams;

/// <summary>Streams that break off, in every way they can: whoever comes back has each entry once.</summary>
public sealed class ResumeTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime
{
    private const string Auditor = "audrey: gantral.auditor";

    private readonly List<ServedSilo> _silos = [];
    private Binding _binding = null!;

    private ServedSilo First => _silos[0];

    private string Team => First.Name;

    public async Task InitializeAsync()
    {
        _silos.Add(await ServedSilo.StartAsync(server.Database));

        // One that remembers little, so that whoever comes back to it is read to from the database.
        _silos.Add(await ServedSilo.StartAsync(server.Database, options => options with { RecentLimit = 40, PageSize = 16 }));
        _binding = await Writers.BindAsync(First.Silo.Ledger, Team);
    }

    public async Task DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }

    [Fact]
    public async Task Whoever_reconnects_while_two_silos_write_two_logs_misses_nothing_and_hears_nothing_twice()
    {
        const int Lives = 30;
        var chance = new Random(20261121);
        var reader = await FollowAsync(0);
        var writing = Task.WhenAll(_silos.Select(silo => Writers.LiveAsync(silo.Silo.Ledger, _binding, Lives, 1, 2)));
        var told = new List<ToldEvent>();
        for (var turn = 1; told.Count < 4 * Lives * Writers.EntriesPerLife; turn++)
        {
            told.AddRange(await reader.EntriesAsync(Math.Min(chance.Next(1, 120), (4 * Lives * Writers.EntriesPerLife) - told.Count)));
            reader.Dispose();
            reader = await FollowAsync(turn % 2, reader.LastId);
        }

        await writing;
        reader.Dispose();
        Writers.MustBe(await Writers.PlacesAsync(First.Silo.Ledger, Team), told);
    }

    [Fact]
    public async Task A_reader_who_was_away_for_long_is_read_to_from_the_database_and_then_follows_live()
    {
        using var before = await FollowAsync(1);
        await before.NextAsync("mark");
        await Writers.LiveAsync(First.Silo.Ledger, _binding, 40, 1, 3);

        // Somebody else listens, so this silo has moved on meanwhile and has forgotten most of it.
        using var other = await FollowAsync(1);
        using var back = await FollowAsync(1, before.LastId);
        var told = await back.EntriesAsync(40 * 2 * Writers.EntriesPerLife);
        await Writers.LiveAsync(First.Silo.Ledger, _binding, 1, 2);
        told.AddRange(await back.EntriesAsync(Writers.EntriesPerLife));

        Writers.MustBe(await Writers.PlacesAsync(First.Silo.Ledger, Team), told);
    }

    [Fact]
    public async Task A_silo_that_stops_says_so_at_once_and_another_goes_on_from_there()
    {
        using var reader = await FollowAsync(0);
        await Writers.LiveAsync(First.Silo.Ledger, _binding, 2, 1, 2);
        var told = await reader.EntriesAsync(10);
        var stopping = First.StopAsync();
        while (await reader.NextAsync() is { } last)
        {
            if (last.Name == "entry")
            {
                told.Add(last);
            }
            else if (last.Name == "end")
            {
                Assert.Equal("stopping", (string?)last.Data["reason"]);
            }
        }

        await stopping.WaitAsync(TestFolder.Patience);
        await Writers.LiveAsync(_silos[1].Silo.Ledger, _binding, 1, 2);
        using var again = await FollowAsync(1, reader.LastId);
        told.AddRange(await again.EntriesAsync((5 * Writers.EntriesPerLife) - told.Count));

        Writers.MustBe(await Writers.PlacesAsync(First.Silo.Ledger, Team), told);
    }

    [Fact]
    public async Task A_reader_who_does_not_read_is_cut_off_and_comes_back_to_exactly_where_it_was()
    {
        const int Lives = 80;
        await using var silo = await ServedSilo.StartAsync(server.Database, options => options with { QueueLimit = 8 });
        using var slow = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync(silo.Address.Host, silo.Address.Port);
        await slow.SendAsync(Encoding.ASCII.GetBytes($"GET /v1/streams/entries HTTP/1.1\r\nHost: {silo.Address.Authority}\r\nAuthorization: Bearer {silo.Token(Auditor, Team)}\r\n\r\n"));
        await Until.TrueAsync(() => silo.Streams.Listeners == 1);
        var heard = new StringBuilder();
        while (!heard.ToString().Contains("event: mark", StringComparison.Ordinal))
        {
            Assert.True(await HearAsync(slow, heard));
        }

        // Far more than a socket takes for somebody who does not read.
        var big = $$"""{"much":"{{new string('x', 150_000)}}"}""";
        await Task.WhenAll(Enumerable.Range(0, Lives).Select(_ => new Sample(First.Silo.Ledger, LedgerDatabase.NewId(2)).DoAsync(life => life.Create(_binding, context: big))));
        await Until.TrueAsync(() => silo.Streams.Listeners == 0);
        while (await HearAsync(slow, heard))
        {
        }

        var places = await Writers.PlacesAsync(First.Silo.Ledger, Team);
        var (had, lastId) = Whole(heard.ToString());
        Assert.InRange(had.Count, 0, places.Count - 1);
        using var back = await EventReader.OpenAsync(silo.Address, silo.Token(Auditor, Team), lastId: lastId);
        had.AddRange((await back.EntriesAsync(places.Count - had.Count)).Select(one => one.Place.Position));
        Assert.Equal(places.Select(place => place.Position), had);
    }

    [Fact]
    public async Task What_was_erased_meanwhile_is_not_told_from_memory()
    {
        using var listening = await FollowAsync(0);
        var before = (await listening.NextAsync("mark")).Id;
        var life = new Sample(First.Silo.Ledger, LedgerDatabase.NewId());
        await life.DoAsync(one => one.Create(_binding, context: """{"name":"Rumpelstiltskin"}"""));
        Assert.Equal("Rumpelstiltskin", (string?)(await listening.NextAsync("entry")).Data["payload"]!["trigger_context"]!["value"]!["name"]);
        await life.DoAsync(one => one.Prepare(new Command.Cancel(Sample.Alice, Sample.NewKey(), null)));
        await life.DoAsync(one => one.Prepare(new Command.Redact(Sample.Alice, Sample.NewKey(), new Redaction(1, [PrivateFieldNames.TriggerContext]), "holds a name")));
        Assert.Equal("REDACTED", (await listening.EntriesAsync(3))[^1].Type);

        using var back = await FollowAsync(0, before);
        var told = await back.EntriesAsync(4);
        Assert.Equal(["CREATED", "RUNNING", "TERMINATED", "REDACTED"], told.Select(one => one.Type));
        Assert.All(told, one => Assert.DoesNotContain("Rumpelstiltskin", one.Data.ToJsonString(), StringComparison.Ordinal));
    }

    private Task<EventReader> FollowAsync(int silo, string? lastId = null) =>
        EventReader.OpenAsync(_silos[silo].Address, _silos[silo].Token(Auditor, Team), $"?workflow_id={Team}", lastId);

    private static async Task<bool> HearAsync(Socket socket, StringBuilder heard)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var count = await socket.ReceiveAsync(buffer).WaitAsync(TestFolder.Patience);
            heard.Append(Encoding.Latin1.GetString(buffer, 0, count));
            return count > 0;
        }
        catch (SocketException)
        {
            // It was cut off.
            return false;
        }
    }

    // The whole events in what was heard: chunks of HTTP end anywhere, so their lengths are taken out first.
    private static (List<long> Positions, string LastId) Whole(string heard)
    {
        var (rest, body) = (heard[(heard.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..], new StringBuilder());
        for (var end = rest.IndexOf("\r\n", StringComparison.Ordinal); end > 0; end = rest.IndexOf("\r\n", StringComparison.Ordinal))
        {
            var length = int.Parse(rest[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var chunk = rest[(end + 2)..];
            body.Append(chunk.AsSpan(0, Math.Min(length, chunk.Length)));
            rest = chunk.Length >= length + 2 ? chunk[(length + 2)..] : "";
        }

        var events = body.ToString().Split("\n\n")[..^1];
        var entries = events.Where(one => one.Contains("event: entry", StringComparison.Ordinal));
        return ([.. entries.Select(one => (long)System.Text.Json.Nodes.JsonNode.Parse(one[(one.IndexOf("data: ", StringComparison.Ordinal) + 6)..])!["position"]!)],
            events.Last(one => one.Contains("id: ", StringComparison.Ordinal)).Split('\n').First(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..]);
    }
}
