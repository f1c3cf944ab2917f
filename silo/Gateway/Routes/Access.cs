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
    public static Access Signature { get; } = new Signed();

    /// <summary>Whoever has one of the roles, or the one that holds them all.</summary>
    public static Access With(params ReadOnlySpan<string> roles) => new AnyRole([.. roles, PlatformRole.Admin]);

    /// <summary>A person who has one of the roles, or the one that holds them all.</summary>
    public static Access PersonWith(params ReadOnlySpan<string> roles) => new PersonInRole([.. roles, PlatformRole.Admin]);

    /// <summary>Who that is, in words.</summary>
    public abstract string Words { get; }

    /// <summary>The roles of which one is needed; none where any token will do.</summary>
    public virtual ImmutableArray<string> Roles => [];

    /// <summary>Whether a role is needed.</summary>
    public bool NeedsRole => Roles.Length > 0;

    /// <summary>Whether only a person may.</summary>
    public bool NeedsPerson => this is OnlyPeople or PersonInRole;

    /// <summary>Why a caller may not, or nothing.</summary>
    public abstract Refusal? Fault(CallerIdentity caller);

    private sealed record AnyToken : Access
    {
        public override string Words => "any token, about what its teams may know of";

        public override Refusal? Fault(CallerIdentity caller) => null;
    }

    private sealed record Signed : Access
    {
        public override string Words => "whoever signs the message; no token is needed";

        public override Refusal? Fault(CallerIdentity caller) => null;
    }

    private sealed record OnlyPeople : Access
    {
        public override string Words => "a person";

        public override Refusal? Fault(CallerIdentity caller) => caller.Actor.Kind == ActorKind.Human
            ? null
            : new Refusal(RefusalCode.NotHuman, "Only a person may do this; this token speaks for a program. Sign in as a person.");
    }

    private sealed record PersonInRole(ImmutableArray<string> Named) : Access
    {
        private readonly AnyRole _inRole = new(Named);

        public override string Words => $"a person with {_inRole.Words}";

        public override ImmutableArray<string> Roles => Named;

        public override Refusal? Fault(CallerIdentity caller) => _inRole.Fault(caller) ?? Person.Fault(caller);
    }

    private sealed record AnyRole(ImmutableArray<string> Named) : Access
    {
        public override string Words => string.Join(" or ", Named.Select(role => $"`{role}`"));

        public override ImmutableArray<string> Roles => Named;

        public override Refusal? Fault(CallerIdentity caller) => Roles.Any(role => caller.Roles.Contains(role, StringComparer.Ordinal))
            ? null
            : new Refusal(RefusalCode.Forbidden, $"Your token has none of the roles that may do this: {string.Join(", ", Roles)}. Ask whoever grants roles for one of them.");
    }
}
