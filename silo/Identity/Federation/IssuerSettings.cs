using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Gantral.Silo.Identity.Federation;

/// <summary>What the operator says about one issuer, checked.</summary>
internal sealed record IssuerSettings
{
    /// <summary>The exact <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>Where its discovery document is.</summary>
    public required Uri Discovery { get; init; }

    /// <summary>The hosts, with their ports, on which its keys may lie.</summary>
    public required ImmutableArray<Uri> KeysHosts { get; init; }

    /// <summary>The algorithms that its keys may be used for.</summary>
    public required FrozenSet<string> Algorithms { get; init; }

    /// <summary>A file with the certificates of the authorities that vouch for its host; none means those of the machine.</summary>
    public string? CaFile { get; init; }

    /// <summary>A file with the token that its host wants to see; it is read anew each time, for it is replaced by others.</summary>
    public string? TokenFile { get; init; }

    /// <summary>How people sign in with it on the pages; none where they do not.</summary>
    public PagesSignIn? SignIn { get; init; }

    /// <summary>How its tokens are read: all of an issuer but its keys.</summary>
    public required Func<ITokenKeys, TokenIssuer> Reading { get; init; }
}
