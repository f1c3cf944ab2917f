using System.Globalization;
using System.Text;

namespace Gantral.Silo.Tests.BadRequests;

/// <summary>A request as bytes, so that it can be wrong in ways that no client library would send.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query, as they go over the wire.</param>
/// <param name="Headers">Its headers; nothing is made of them.</param>
/// <param name="Body">The body; none for a request without one.</param>
internal sealed record RawRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body)
{
    /// <summary>The version of HTTP that it says.</summary>
    public string Version { get; init; } = "HTTP/1.1";

    /// <summary>Whether its headers say how long its body is; if not, nobody but its sender knows where it ends.</summary>
    public bool IsFramed { get; init; } = true;

    /// <summary>Whether it is longer than a server needs to read before it answers.</summary>
    public bool IsLong => Target.Length > 8_000 || Body?.Length > 256 * 1024 || Headers.Sum(header => header.Value.Length) > 30_000;

    /// <summary>What was done to it.</summary>
    public string What { get; init; } = "nothing";

    /// <summary>Another value of a header, or none.</summary>
    public RawRequest With(string name, params string[] values) =>
        this with { Headers = [.. Headers.Where(header => header.Name != name), .. values.Select(value => (name, value))] };

    /// <summary>The bytes.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Method} {Target} {Version}\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (IsFramed && Body is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }

    /// <summary>Enough to see what it was.</summary>
    public override string ToString()
    {
        var text = Encoding.Latin1.GetString(ToBytes());
        return $"[{What}] {(text.Length > 1500 ? $"{text[..1500]}… ({text.Length} bytes)" : text)}";
    }
}
