using Gantral.Abstractions.Authority;
using Gantral.Silo.Gateway.Reference;

namespace Gantral.Silo.Gateway.Callers;

/// <summary>What <see cref="CallerOperations"/> do, for whoever calls them.</summary>
internal static class CallerDescriptions
{
    private static readonly Shape Actor = new("CallerActor", "Who asks.",
        new Field("id", Form.Text(), "The id in the token."),
        new Field("issuer", Form.Text(), "Who vouches for it."),
        new Field("kind", Form.Word<ActorKind>(), "Whether it is a person: what is not proven to be one is a program."));

    private static readonly Shape Caller = new("Caller", "Whom a token speaks for, as the settings of its issuer read it.",
        new Field("actor", Actor.Form, "Who asks."),
        new Field("teams", Form.ListOf(Form.Text()), "The teams that it may act for."),
        new Field("roles", Form.ListOf(Form.Text()), "Its roles, of the platform and of the business alike; without those that others lent."));

    public static Described Get { get; } = new("get_caller", "Callers", "Read whom the token speaks for")
    {
        Text = "Who the caller is to this silo, with its teams and roles: what it may do follows from these and from nothing else.",
        Answers = [DescribedAnswer.Ok(Caller.Form, "The caller.")],
        Examples = [new("me", "Who am I")],
    };
}
