using System.Collections.Immutable;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Routes;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>An operation as it is served, and what it says of itself.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, with names in braces for the parts that vary.</param>
/// <param name="Access">Who may call it; nothing where no token is needed.</param>
/// <param name="Described">What it says of itself.</param>
internal sealed record Operation(string Method, string Path, Access? Access, Described Described)
{
    /// <summary>A route of the API.</summary>
    public static Operation Of(Route route) => new(route.Method, route.Path, route.Access, route.Described);

    /// <summary>A page that anybody may read.</summary>
    public static Operation Of(OpenPage page) => new("GET", page.Path, null, page.Described);

    /// <summary>Whether it may change something, and so takes a body and a key.</summary>
    public bool IsPost => Method == "POST";

    /// <summary>The path as OpenAPI writes it.</summary>
    public string Template => Path.Replace("{*", "{", StringComparison.Ordinal);

    /// <summary>The parts of the path that vary.</summary>
    public IEnumerable<PathPart> Parts => Example.Parts().Matches(Path).Select(part => PathParts.Of(part.Groups[1].Value));

    /// <summary>Everything that it may refuse, by status: what every operation of its kind may, and what only this one may.</summary>
    public IEnumerable<IGrouping<int, RefusalCode>> Refusals =>
        Usual().Concat(Described.Refusals).Distinct().Order().GroupBy(code => new Refusal(code, "").HttpStatus).OrderBy(codes => codes.Key);

    // A silo that answers this machine alone refuses whoever calls it by another name, also where no token is needed.
    private ImmutableArray<RefusalCode> Usual() => Access is null ? [RefusalCode.Forbidden] :
    [
        RefusalCode.Unauthenticated, RefusalCode.Forbidden, RefusalCode.InvalidBody, RefusalCode.Overloaded, RefusalCode.StorageUnavailable,
        .. Access.NeedsPerson ? [RefusalCode.NotHuman] : Array.Empty<RefusalCode>(),
        .. Parts.Any() ? [RefusalCode.NotFound] : Array.Empty<RefusalCode>(),
        .. IsPost ? [RefusalCode.TooLarge, RefusalCode.IdempotencyConflict, RefusalCode.EvidenceFailure] : Array.Empty<RefusalCode>(),
    ];
}
