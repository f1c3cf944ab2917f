using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Delegations;

/// <summary>What <see cref="DelegationOperations"/> do, for whoever calls them.</summary>
internal static class DelegationDescriptions
{
    private const string Tag = "Delegations";

    private static readonly Shape Person = new("Person", "A person: an id, and the issuer that vouches for it.",
        new Field("id", Form.Name, "The id in the person's tokens."),
        new Field("issuer", Form.Text(), "The issuer of those tokens."));

    private static readonly Shape Delegation = new("Delegation", "A role that one person lends another.",
        new Field("delegation_id", Form.Id, "Its id."),
        new Field("owning_team_id", Form.Name, "For instances of which team."),
        new Field("grantor", Person.Form, "Who lends."),
        new Field("to", Person.Form, "Who borrows."),
        new Field("role", Form.Name, "The role."),
        new Field("granted_at", Form.Time, "When it was granted."),
        new Field("until", Form.Time, "Until when it holds."),
        new Field("revoked_at", Form.Time.OrNull, "When it was revoked."));

    private static readonly Shape Borrower = Shape.Sent("Borrower", "The person a role is lent to.",
        new Field("id", Form.Name, "The id in the person's tokens."),
        Field.Maybe("issuer", Form.Name, "The issuer of those tokens; the caller's own unless named."));

    public static Described Grant { get; } = new("grant_delegation", Tag, "Lend a role")
    {
        Text = "Lends a role that the caller's own token proves to another person for a time. What was lent cannot be lent on.",
        Body = Shape.Sent("NewDelegation", "What is lent.",
            new Field("to", Borrower.Form, "To whom."),
            new Field("role", Form.Name, "Which role."),
            new Field("until", Form.Time, "Until when."),
            Field.Maybe("justification", Form.Text(), "Why, in 3 to 4,000 characters. Must be there."),
            Field.Maybe(OwningTeam.Field, Form.Name, "For instances of which team; may be left out by a token of one team.")).Form,
        Answers = [DescribedAnswer.Created(Delegation.Form, "The delegation.")],
        Refusals = [RefusalCode.NotEligible, RefusalCode.JustificationRequired],
        Examples = [new("leave", "While on leave") { Body = $$"""{"to":{"id":"bob"},"role":"release-manager","until":"{{Sample.Until}}","justification":"on leave"}""" }],
    };

    public static Described List { get; } = new("list_delegations", Tag, "List delegations")
    {
        Text = "What the caller lent and was lent, the newest first; for auditors also everybody's in their teams.",
        Query = ListQuery.With(
            new Parameter("scope", Form.Word<DelegationScope>(), "Whose; `MINE` unless said, `TEAM` for auditors.", "GIVEN"),
            new Parameter("ended", Form.Flag, "Whether to show also what has run out or was revoked.", "true")),
        Answers = [DescribedAnswer.Ok(ListQuery.Page("DelegationPage", "delegations", Delegation).Form, "A page of delegations.")],
        Examples = [new("given", "What I lent") { Query = "?scope=GIVEN" }],
    };

    public static Described Get { get; } = new("get_delegation", Tag, "Read a delegation")
    {
        Text = "A delegation that the caller gave or was given, or may audit.",
        Answers = [DescribedAnswer.Ok(Delegation.Form, "The delegation.")],
        Examples = [new("current", "One that holds")],
    };

    public static Described Revoke { get; } = new("revoke_delegation", Tag, "Take a role back")
    {
        Text = "Ends a delegation at once. Only whoever lent the role can.",
        Body = Shape.Sent("Revocation", "Why it ends.",
            Field.Maybe("justification", Form.Text(), "Why, in 3 to 4,000 characters. Must be there.")).Form,
        Answers = [DescribedAnswer.Ok(Delegation.Form, "The delegation as it is afterwards.")],
        Refusals = [RefusalCode.NotEligible, RefusalCode.InvalidTransition, RefusalCode.JustificationRequired],
        Examples = [new("back", "Back from leave") { Body = """{"justification":"back again"}""" }],
    };
}
