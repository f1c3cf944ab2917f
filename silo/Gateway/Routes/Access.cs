using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Identity;

namespace Gantral.Silo.Gateway.Routes;

/// <summary>Who may call a route. Teams are another matter: a route answers only about those of the caller.</summary>
internal abstract record Access
{
    private Access()
    {
    }

    /// <summary>Any valid token.</summary>
    public static Access Anybody { get; } = new AnyToken();

    /// <summary>A person; whether this one is for the core to say.</summary>
    public static Access Person { get; } = new OnlyPeople();

    /// <summary>Whoever signs the message, without a token: the operation itself looks at the signature, and at the body as it came.</summary>
    public static Access Signature { get; } = new AnyToken();

    /// <summary>Whoever has one of the roles, or the one that holds them all.</summary>
    public static Access With(params ReadOnlySpan<string> roles) => new AnyRole([.. roles, PlatformRole.Admin]);

    /// <summary>Why a caller may not, or nothing.</summary>
    public abstract Refusal? Fault(CallerIdentity caller);

    private sealed record AnyToken : Access
    {
        public override Refusal? Fault(CallerIdentity caller) => null;
    }

    private sealed record OnlyPeople : Access
    {
        public override Refusal? Fault(CallerIdentity caller) => caller.Actor.Kind == ActorKind.Human
            ? null
            : new Refusal(RefusalCode.NotHuman, "Only a person may do this; this token speaks for a program. Sign in as a person.");
    }

    private sealed record AnyRole(ImmutableArray<string> Roles) : Access
    {
        public override Refusal? Fault(CallerIdentity caller) => Roles.Any(role => caller.Roles.Contains(role, StringComparer.Ordinal))
            ? null
            : new Refusal(RefusalCode.Forbidden, $"Your token has none of the roles that may do this: {string.Join(", ", Roles)}. Ask whoever grants roles for one of them.");
    }
}
