using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>A request that may be carried out: its caller is known and may call this route, its body is JSON.</summary>
/// <param name="Operation">What it asks for.</param>
/// <param name="Http">The request.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Body">The canonical body; none of a request that only reads.</param>
internal sealed record ApiRequest(Described Operation, HttpRequest Http, CallerIdentity Caller, CanonicalBytes Body)
{
    /// <summary>A name in the path; none when it cannot be one, and so names nothing.</summary>
    public string? PathName(string name) => PathPart(name) is var part && PlainName.Is(part) ? part : null;

    /// <summary>The id of a version in the path, both halves of it; none when it cannot be one.</summary>
    public string? PathVersionId(string name) =>
        PathPart(name) is var part && part.Split('@') is [var id, var version] && PlainName.Is(id) && PlainName.Is(version) ? part : null;

    /// <summary>An id in the path; none when it is not one.</summary>
    public Guid? PathId(string name) => Guid.TryParseExact(PathPart(name), "D", out var id) ? id : null;

    /// <summary>Whether the caller may act for a team.</summary>
    public bool IsOf(string team) => Caller.Teams.Contains(team, StringComparer.Ordinal);

    /// <summary>The caller as grains know it, with the key of this request.</summary>
    public Caller For(string team) => new(Caller.Actor, Caller.Roles, IdempotencyKey.Of(Http, Caller, team, Body));

    private string PathPart(string name) => (string)Http.HttpContext.GetRouteValue(name)!;
}
