using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Identity.Development;

/// <summary>
/// The names by which a development silo is called. A page from elsewhere can make a browser send requests to this
/// machine, under a name of its own that it lets point here; the name gives it away.
/// </summary>
internal static class LocalOrigins
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>What is wrong with where a request comes from or goes to, or nothing.</summary>
    public static string? Fault(HttpRequest request)
    {
        var port = request.HttpContext.Connection.LocalPort.ToString(CultureInfo.InvariantCulture);
        return request.Headers.Host is not [{ } host] || !Names(host, port)
                ? $"This silo has the development identity on and answers only to localhost, 127.0.0.1 and [::1], port {port}; call it by one of these."
            : request.Headers.Origin is { Count: > 0 } origins && (origins is not [{ } origin] || !IsOurs(origin, request.Scheme, port))
                ? $"This silo has the development identity on and takes no requests from pages of another origin; open the page from {request.Scheme}://localhost:{port}."
            : null;
    }

    private static bool IsOurs(string origin, string scheme, string port) =>
        origin.StartsWith($"{scheme}://", StringComparison.OrdinalIgnoreCase) && Names(origin[$"{scheme}://".Length..], port);

    /// <summary>Whether a host, without its port, is a name of this machine.</summary>
    public static bool Names(string host) => Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool Names(string host, string port) => Hosts.Any(known =>
        host.Equals($"{known}:{port}", StringComparison.OrdinalIgnoreCase) || (port is "80" or "443" && host.Equals(known, StringComparison.OrdinalIgnoreCase)));
}
