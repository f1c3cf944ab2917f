using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Webhooks;

namespace Gantral.Silo.Gateway.Subscriptions;

/// <summary>Reads what somebody wants to subscribe to. A secret that is sent in place of its reference is refused, wherever it stands.</summary>
internal static class WantedSubscription
{
    private const int LongestUrl = 2000;

    private const string NoSecrets = "looks like a secret itself, and secrets are never sent here or stored; put it into a file among your team's secrets and send the reference, such as file://webhooks/payments";

    // What people are written to about, unless they want more.
    private static readonly ImmutableArray<string> Waiting = [WireName.Of(EventType.Escalated), WireName.Of(EventType.WaitingForHuman)];

    public static Subscription Read(BodyFields fields, Guid id, string team, string createdBy, OutgoingHosts hosts)
    {
        var format = fields.OptionalWord<SubscriptionFormat>("format") ?? SubscriptionFormat.Events;
        var url = fields.OptionalText("url");
        var secret = fields.OptionalText("secret");
        var types = fields.OptionalNames("entry_types") ?? [];
        var workflow = fields.OptionalName("workflow_id");
        if ((format == SubscriptionFormat.Slack ? ChannelFault(url) : UrlFault(url, hosts)) is { } fault)
        {
            fields.Fail("url", fault);
        }

        if (!SecretReference.TryParse(secret, out var reference))
        {
            fields.Fail("secret", secret is null ? $"is missing; send {SecretReference.Expected}" : RawSecrets.Look(secret) ? NoSecrets : $"must be {SecretReference.Expected}");
        }

        if (types.FirstOrDefault(type => !WireName.TryParse<EventType>(type, out _)) is not null)
        {
            fields.Fail("entry_types", $"has a type of entries that does not exist; there are {string.Join(", ", WireName.All<EventType>())}");
        }

        return new Subscription
        {
            SubscriptionId = id,
            OwningTeamId = team,
            CreatedBy = createdBy,
            Format = format,
            Url = url,
            Secret = reference!,
            EntryTypes = format == SubscriptionFormat.Slack && types.IsEmpty ? Waiting : [.. types.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            WorkflowId = workflow,
        };
    }

    private static string? ChannelFault(string? url) =>
        url is null ? null : "is itself the secret in this format; put the address into a file among your team's secrets and send the reference as secret";

    private static string? UrlFault(string? url, OutgoingHosts hosts) =>
        url is null ? "is missing; send the address that is to be told"
        : RawSecrets.Look(url) ? NoSecrets
        : url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Fragment.Length > 0
            ? $"must be an address that begins with https:// or http://, of at most {LongestUrl} characters"
        : address.UserInfo.Length > 0 ? "has a user or a password in it, and secrets are never sent here or stored; receivers know Gantral by its signature"
        : hosts.Refusal(address) is { } refusal ? $"is not called: {refusal.TrimEnd('.')}"
        : null;
}
