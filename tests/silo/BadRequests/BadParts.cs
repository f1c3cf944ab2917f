namespace Gantral.Silo.Tests.BadRequests;

/// <summary>Requests with one thing wrong outside their bodies.</summary>
internal static class BadParts
{
    private static readonly string[] Methods = ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "CONNECT", "get", "GETT", "G\u00e9T", "", "PROPFIND", "POST", "GET"];

    private static readonly string[] Pieces =
        ["%00", "%2f", "%2F..%2f", "..", ".", "%2e%2e", "%ff%fe", "%", "%zz", "%c0%80", "%e2%80%ae", "%25", "%0d%0a", "%20", "\u00ff", "~", ";a=b", "null", "undefined", "*", "{instance_id}", "@", "a@b@c", "''", "\\"];

    private static readonly string[] Queries =
    [
        "?", "?&&&", "?=", "?limit", "?limit=", "?limit=-1", "?limit=0", "?limit=2147483648", "?limit=1e2", "?limit=1&limit=2", "?limit=%00", "?cursor=", "?cursor=%00", "?cursor=AAAA", "?cursor=LTE", "?cursor=OTIyMzM3MjAzNjg1NDc3NTgwOA",
        "?cursor=OTIyMzM3MjAzNjg1NDc3NTgwNw", "?cursor=ZmZmZmZmZmYtZmZmZi1mZmZmLWZmZmYtZmZmZmZmZmZmZmZm", "?cursor=fHx8", "?cursor=%ff", "?cursor=../..", "?state=", "?state=RUNNING&state=RUNNING", "?state=nonsense", "?workflow_id=%00", "?workflow_id=%ff",
        "?since=9999-12-31T23:59:59Z", "?until=1970-01-01T00:00:00Z", "?since=1970-01-01T00:00:00Z&until=9999-12-31T23:59:59.999Z", "?since=tomorrow", "?until=1970-01-01T00:00:00.001Z", "?payloads=maybe", "?scope=ALL", "?ended=1", "?unknown=1", "?%00=1", "?a[]=1", "?wait=PT99999H", "?%",
    ];

    private static readonly string[] Types =
        ["", "text/plain", "application/json; charset=utf-16", "application/json; charset=\"utf-8\"", "application/json;;", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/problem+json", "\u00ff", "json", "application/json, text/plain"];

    private static readonly (string Name, string[] Values)[] Oddities =
    [
        ("Host", []), ("Host", ["evil.example"]), ("Host", ["a", "b"]), ("Host", ["user@localhost"]), ("Origin", ["null"]), ("Origin", ["http://evil.example"]), ("Accept", ["text/html"]), ("Accept", [";;q=x"]), ("Accept", ["text/csv"]),
        ("Accept", ["*/*;q=0"]), ("Content-Encoding", ["gzip"]), ("Content-Encoding", ["br, gzip"]), ("Idempotency-Key", [""]), ("Idempotency-Key", ["a", "b"]), ("Idempotency-Key", ["two words"]), ("Idempotency-Key", ["\u00ff"]),
        ("Idempotency-Key", [new string('k', 256)]), ("Expect", ["the unexpected"]), ("Upgrade", ["h2c"]), ("Upgrade", ["websocket"]), ("X-Forwarded-For", ["127.0.0.1, ::1, nonsense"]), ("X-HTTP-Method-Override", ["DELETE"]), ("Range", ["bytes=0-0"]),
        ("If-None-Match", ["*"]), ("X Y", ["z"]), ("X-Null", ["a\u0000b"]), ("X-Long", [new string('x', 40_000)]), ("X-Many", [.. Enumerable.Repeat("y", 100)]), ("", ["nameless"]), ("Cookie", ["session=1"]), ("Via", ["\u0001"]), ("TE", ["trailers, deflate;q=\u00ff"]),
    ];

    // Where a body ends is what attackers like two servers to disagree about.
    private static readonly (string Name, string Value)[][] Framings =
    [
        [("Content-Length", "-1")], [("Content-Length", "x")], [("Content-Length", "5"), ("Content-Length", "6")], [("Content-Length", "99999999999999999999")], [("Content-Length", "104857600")], [("Content-Length", "300000")], [("Content-Length", "1000")],
        [("Transfer-Encoding", "chunked")], [("Transfer-Encoding", "chunked"), ("Content-Length", "5")], [("Transfer-Encoding", "gzip, chunked")], [("Transfer-Encoding", "identity")], [("Transfer-Encoding", "chunked, chunked")], [],
    ];

    public static RawRequest Method(RawRequest request, Random random) => request with { Method = Methods[random.Next(Methods.Length)], What = "method" };

    public static RawRequest Path(RawRequest request, Random random)
    {
        var parts = request.Target.Split('?')[0].Split('/');
        var piece = random.Next(10) == 0 ? new string('p', random.Next(10_000)) : random.Next(6) == 0 ? Guid.NewGuid().ToString(random.Next(2) == 0 ? "D" : "B") : Pieces[random.Next(Pieces.Length)];
        var at = random.Next(1, parts.Length);
        parts[at] = random.Next(3) switch { 0 => piece, 1 => parts[at] + piece, _ => piece + parts[at] };
        return request with { Target = string.Join('/', parts) + random.Next(6) switch { 0 => "/", 1 => "//", 2 => "#x", _ => "" }, What = "path" };
    }

    public static RawRequest Query(RawRequest request, Random random) =>
        request with { Target = request.Target.Split('?')[0] + (random.Next(10) == 0 ? $"?workflow_id={new string('q', random.Next(12_000))}" : Queries[random.Next(Queries.Length)]), What = "query" };

    public static RawRequest Type(RawRequest request, Random random) => random.Next(8) switch
    {
        0 => request.With("Content-Type") with { What = "no content type" },
        1 => request.With("Content-Type", "application/json", "application/json") with { What = "two content types" },
        _ => request.With("Content-Type", Types[random.Next(Types.Length)]) with { What = "content type" },
    };

    public static RawRequest Header(RawRequest request, Random random)
    {
        var (name, values) = Oddities[random.Next(Oddities.Length)];
        return request.With(name, values) with { What = $"header {name}" };
    }

    public static RawRequest Framing(RawRequest request, Random random) => request with
    {
        Headers = [.. request.Headers, .. Framings[random.Next(Framings.Length)]],
        IsFramed = false,
        Version = random.Next(6) switch { 0 => "HTTP/1.0", 1 => "HTTP/3.0", 2 => "", _ => "HTTP/1.1" },
        What = "framing",
    };

    /// <summary>Instead of a token what is none, or not one for this.</summary>
    public static RawRequest Token(RawRequest request, Random random, IReadOnlyList<string> others)
    {
        var mine = request.Headers.First(header => header.Name == "Authorization").Value;
        var wrong = random.Next(9) switch
        {
            0 => request.With("Authorization"),
            1 => request.With("Authorization", mine, mine),
            2 => request.With("Authorization", mine[..random.Next(mine.Length)]),
            3 => request.With("Authorization", mine[..^random.Next(1, 40)] + "AAAA"),
            4 => request.With("Authorization", $"Basic {mine["Bearer ".Length..]}"),
            5 => request.With("Authorization", $"Bearer {new string('x', random.Next(10_000))}"),
            6 => request.With("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30."),
            _ => request.With("Authorization", $"Bearer {others[random.Next(others.Count)]}"),
        };
        return wrong with { What = "token" };
    }
}
