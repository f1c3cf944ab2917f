using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Webhooks;

namespace Gantral.Silo.Gateway.Subscriptions;

/// <summary>What <see cref="SubscriptionOperations"/> does, for whoever calls it.</summary>
internal static class SubscriptionDescriptions
{
    private const string Tag = "Webhooks";

    private static readonly ImmutableArray<Field> Fields =
    [
        new("subscription_id", Form.Id, "Its id."),
        new("owning_team_id", Form.Name, "The team whose workflows it is told of."),
        new("format", Form.Word<SubscriptionFormat>(), "What is sent."),
        new("url", Form.Text("address").OrNull, "Where it is sent; null where the address is itself the secret."),
        new("secret", Form.Text("file://…"), "Where the operator mounts the secret; never a secret itself."),
        new("entry_types", Form.ListOf(Form.Word<EventType>()), "Of which entries it is told; empty for all."),
        new("workflow_id", Form.Name.OrNull, "Of which workflow; null for all."),
        new("created_by", Form.Text(), "Who subscribed."),
        new("created_at", Form.Time, "When."),
        new("disabled_at", Form.Time.OrNull, "Since when it is off."),
    ];

    private static readonly Shape Subscription = new("Subscription", "Who is told of what.", Fields);

    private static readonly Shape Cursor = new("SubscriptionCursor", "How far a subscription has come in a log.",
        new Field("log_id", Form.Whole(1), "The log."),
        new Field("position", Form.Whole(0), "The entry that comes next."),
        new Field("behind", Form.Whole(0), "How many entries there are from it on."),
        new Field("attempts", Form.Whole(0), "How often that one was tried in vain."));

    private static readonly Shape Status = new("SubscriptionStatus", "A subscription, and how far it has come.",
        [.. Fields, new("cursors", Form.ListOf(Cursor.Form), "How far it has come, in each log.")]);

    private static readonly Shape DeadLetter = new("DeadLetter", "An entry that could not be delivered.",
        new Field("log_id", Form.Whole(1), "Its log."),
        new Field("position", Form.Whole(0), "Its place there."),
        new Field("event_id", Form.Text(), "The id that it is sent under."),
        new Field("event_type", Form.Text(), "What it is about."),
        new Field("failed_at", Form.Time, "When it was given up."),
        new Field("attempts", Form.Whole(1), "After how many attempts."),
        new Field("fault", Form.Text(), "Why the last one failed."),
        new Field("replaying", Form.Flag, "Whether it is to be sent once more."));

    private static readonly ImmutableArray<Field> Wanted =
    [
        new("secret", Form.Text("file://…"), "Where the operator mounts the secret; never a secret itself."),
        Field.Maybe("entry_types", Form.ListOf(Form.Word<EventType>()), "Of which entries; of all unless said, for `slack` of what waits."),
        Field.Maybe("workflow_id", Form.Name, "Of which workflow; of all unless said."),
        Field.Maybe(OwningTeam.Field, Form.Name, "The team; may be left out by a token of one team."),
    ];

    private static readonly ImmutableArray<DescribedAnswer> After = [DescribedAnswer.Ok(Status.Form, "The subscription as it is afterwards.")];

    public static Described Subscribe { get; } = new("subscribe", Tag, "Subscribe to what happens")
    {
        Text = "From now on every entry of the team that fits is sent to an address, signed, at least once, in the order of each log. Private content is in it by its hashes only.",
        Body = new Shape("NewSubscription", "Who is to be told of what.")
        {
            Choice = "format",
            Variants =
            [
                Shape.Sent("EventSubscription", "CloudEvents for programs, signed as Standard Webhooks has it.",
                [
                    Field.Optional("format", Form.Const("events"), "What is sent; `events` unless said."),
                    new Field("url", Form.Text("address", 1, 2000), "Where it is sent: a host that the operator allows."),
                    .. Wanted,
                ]),
                Shape.Sent("SlackSubscription", "Messages for people. The address is itself the secret.", [new Field("format", Form.Const("slack"), "What is sent."), .. Wanted]),
            ],
        }.Form,
        Answers = [DescribedAnswer.Created(Subscription.Form, "The subscription.")],
        Examples = [new("waiting", "What waits for people") { Body = """{"url":"http://127.0.0.1:9000/gantral","secret":"file://webhooks/payments","entry_types":["WAITING_FOR_HUMAN","ESCALATED"],"workflow_id":"deploy"}""" }],
    };

    public static Described List { get; } = new("list_subscriptions", Tag, "List subscriptions")
    {
        Text = "The subscriptions of the caller's teams.",
        Query = ListQuery.With(),
        Answers = [DescribedAnswer.Ok(ListQuery.Page("SubscriptionPage", "subscriptions", Subscription).Form, "A page of subscriptions.")],
        Examples = [new("all", "Who is told of what")],
    };

    public static Described Get { get; } = new("get_subscription", Tag, "Read a subscription")
    {
        Text = "A subscription, and how far it has come in each log.",
        Answers = [DescribedAnswer.Ok(Status.Form, "The subscription.")],
        Examples = [new("one", "How far it has come")],
    };

    public static Described Disable { get; } = new("disable_subscription", Tag, "Turn a subscription off")
    {
        Text = "Nothing is sent until it is on again; what happens meanwhile is told then.",
        Body = Shape.Nothing.Form,
        Answers = After,
        Examples = [new("off", "Turn it off") { Body = "{}" }],
    };

    public static Described Enable { get; } = new("enable_subscription", Tag, "Turn a subscription on")
    {
        Text = "Goes on where it was turned off.",
        Body = Shape.Nothing.Form,
        Answers = After,
        Examples = [new("on", "Turn it on again") { Body = "{}" }],
    };

    public static Described DeadLetters { get; } = new("list_dead_letters", Tag, "List what could not be delivered")
    {
        Text = "The entries that were given up on, in the order of their logs.",
        Query = ListQuery.With(),
        Answers = [DescribedAnswer.Ok(ListQuery.Page("DeadLetterPage", "dead_letters", DeadLetter).Form, "A page of dead letters.")],
        Examples = [new("none", "Nothing was given up on")],
    };

    public static Described Replay { get; } = new("replay_subscription", Tag, "Send once more")
    {
        Text = "Without fields all dead letters are sent once more; with a place or a time, everything from there on is.",
        Body = Shape.Sent("Replay", "From where on; without fields the dead letters.",
            Field.Maybe("since", Form.Time, "From this time on, and a few seconds before to be safe."),
            Field.Maybe("log_id", Form.Whole(1, 4095), "The log in which `position` is."),
            Field.Maybe("position", Form.Whole(0), "From this position on; with `log_id`.")).Form,
        Answers = [DescribedAnswer.Ok(Form.Either("DeadLetterCount or SubscriptionStatus", new Shape("DeadLetterCount", "How many are sent once more.", new Field("dead_letters", Form.Whole(0), "How many.")).Form, Status.Form), "How many dead letters are sent once more, or the subscription as it is now.")],
        Examples = [new("dead", "All dead letters") { Body = "{}" }],
    };
}
