using System.Collections.Concurrent;
using System.Globalization;
using Gantral.Lives;
using Gantral.Silo.Gateway.Routes;
using Gantral.Silo.Tests.WholeLife;
using Xunit.Abstractions;

namespace Gantral.Silo.Tests.BadRequests;

/// <summary>Every route of a silo as people run it, and requests with one thing wrong: each is answered with a problem that says so, and with nothing else.</summary>
public sealed class BadRequestTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int AtOnce = 4;
    private const int MostFaults = 20;
    private const string Ours = "payments";
    private const long MostGrowth = 256 * 1024 * 1024;

    // Those without a token are as many here as anybody.
    private readonly SiloUnderTest _silo = new() { Settings = [("Gantral__Limits__UnauthenticatedPerSecond", "100000")] };

    private readonly ConcurrentQueue<string> _faults = new();
    private Targets _ours = null!;
    private Targets _theirs = null!;
    private string _token = null!;
    private string[] _others = null!;

    public async Task InitializeAsync()
    {
        await _silo.StartAsync();
        _token = await _silo.TokenAsync("root: gantral.admin release-manager", Ours);
        _others = [await _silo.TokenAsync("nobody:", Ours), await _silo.TokenAsync("agent! gantral.operator", Ours), await _silo.TokenAsync("eve: gantral.admin release-manager", "nobodies")];
        _ours = await Targets.MakeAsync(_silo, Ours);
        _theirs = await Targets.MakeAsync(_silo, "strangers");
    }

    public Task DisposeAsync() => _silo.DisposeAsync();

    public void Dispose() => _silo.Dispose();

    [Fact]
    public async Task Whatever_is_wrong_with_a_request_the_answer_is_a_problem_that_says_so()
    {
        var (rounds, seed) = (Scale.Rounds(3_000, 50_000), Scale.Take(output.WriteLine));
        var (next, early, statuses) = (0, 0L, new ConcurrentDictionary<int, int>());
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            using var connection = new RawConnection(_silo.Address);
            for (int round; (round = Interlocked.Increment(ref next)) <= rounds && _faults.Count < MostFaults;)
            {
                var status = await AskAsync(connection, new Random(unchecked(seed + (round * 7919))));
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (round == rounds / 3)
                {
                    early = Resident();
                }
            }
        })));

        output.WriteLine(string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}")));
        output.WriteLine($"resident {early / 1048576} MiB after a third, {Resident() / 1048576} MiB at the end");
        Assert.True(_faults.IsEmpty, $"{Scale.Repeat(seed)}\n{string.Join('\n', _faults)}\n{string.Join('\n', _silo.Log.Where(line => line.Contains("fail:", StringComparison.Ordinal)).TakeLast(5))}");
        // Both kinds of answers there are: else nothing was tried.
        Assert.True(statuses.ContainsKey(400) && statuses.ContainsKey(401) && statuses.ContainsKey(404) && statuses.ContainsKey(200));
        Assert.InRange(Resident() - early, long.MinValue, MostGrowth);
        Assert.Equal("ready", (string?)(await _silo.GetAsync("nobody:", "/healthz/ready")).Body!["status"]);
    }

    [Fact]
    public async Task What_is_of_another_team_is_answered_just_as_what_is_not_there()
    {
        using var connection = new RawConnection(_silo.Address);
        foreach (var route in Targets.Routes)
        {
            await CompareAsync(connection, route, request => request);
        }

        Assert.True(_faults.IsEmpty, string.Join('\n', _faults));
    }

    [Fact]
    public async Task A_good_request_for_every_route_is_good()
    {
        using var connection = new RawConnection(_silo.Address);
        foreach (var route in Targets.Routes.Where(route => !route.Path.EndsWith("/cancel", StringComparison.Ordinal)))
        {
            var request = _ours.Of(route, _silo.Address, _token);
            var answer = await connection.AskAsync(request);
            // An instance that was started has been, what it goes on with is not erased, and a role that was lent is not lent on.
            var mayBeTooLate = route.Path.EndsWith("/start", StringComparison.Ordinal) || route.Path.EndsWith("/redactions", StringComparison.Ordinal);
            Assert.True(answer.Status is 200 or 201 || answer.Told.StartsWith(mayBeTooLate ? "invalid_transition" : "not_", StringComparison.Ordinal), $"{request}\n{answer}");
        }
    }

    private async Task<int> AskAsync(RawConnection connection, Random random)
    {
        var route = Targets.Routes[random.Next(Targets.Routes.Count)];
        var good = _ours.Of(route, _silo.Address, _token);
        var kind = random.Next(10);
        if (kind == 9)
        {
            return await CompareAsync(connection, route, request => random.Next(2) == 0 ? request : request.With("Accept", "*/*"));
        }

        var bad = kind switch
        {
            0 => BadParts.Method(good, random),
            1 => BadParts.Path(good, random),
            2 => BadParts.Query(good, random),
            3 => BadParts.Header(good, random),
            4 => BadParts.Token(good, random, _others),
            5 => BadParts.Framing(good, random),
            6 when good.Body is not null => BadParts.Type(good, random),
            _ when good.Body is { } body && BadBodies.Of(body, random) is var (wrong, what) => good with { Body = wrong, What = $"body: {what}" },
            _ => BadParts.Query(good, random),
        };
        var answer = await connection.AskAsync(bad);
        Check(bad, answer);
        return answer.Status;
    }

    // What is registered is under a name that nobody else can have, so nothing is told by it that was not asked for.
    private async Task<int> CompareAsync(RawConnection connection, Route route, Func<RawRequest, RawRequest> with)
    {
        var nobodies = Targets.Missing();
        var (theirs, missing) = (with(_theirs.Of(route, _silo.Address, _token)), with(nobodies.Of(route, _silo.Address, _token)));
        var (there, not) = (await connection.AskAsync(theirs), await connection.AskAsync(missing));
        Check(theirs, there);
        Check(missing, not);
        if ((there.Status, there.Status < 400 ? "" : _theirs.Told(there)) != (not.Status, not.Status < 400 ? "" : nobodies.Told(not)))
        {
            _faults.Enqueue($"told apart:\n{theirs}\n{there}\n{missing}\n{not}");
        }

        return there.Status;
    }

    private void Check(RawRequest request, RawAnswer answer)
    {
        // Whoever promises a body and hangs up, or sends more than anybody reads, may be hung up on.
        if ((answer.Status != 0 || request is { IsFramed: true, IsLong: false }) && answer.Fault(request.Method != "HEAD") is { } fault)
        {
            _faults.Enqueue($"{fault}:\n{request}\n{answer}");
        }
    }

    private long Resident()
    {
        var line = File.ReadLines($"/proc/{_silo.ProcessId.ToString(CultureInfo.InvariantCulture)}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
