using System.Net.Mime;
using Gantral.Silo.Adapters;
using Gantral.Silo.Ledger;
using Gantral.Silo.Secrets;

namespace Gantral.Silo.Webhooks;

/// <summary>What a subscription is sent about an entry. The secret is read for this message and forgotten with it.</summary>
internal sealed class EntryMessage(WebhookOptions options, DatabaseClock clock)
{
    private readonly SlackAdapter _slack = new();

    public async Task<HttpRequestMessage> WriteAsync(Subscription subscription, TailedEntry tailed, CancellationToken cancellation)
    {
        var secrets = await options.Secrets.ReadAsync(subscription.OwningTeamId, subscription.Secret, cancellation);
        return subscription.Format switch
        {
            SubscriptionFormat.Events => Signed(new Uri(subscription.Url!), secrets, tailed),
            SubscriptionFormat.Slack => WebhookSender.Post(Address(secrets), _slack.Write(EntryNotice.Of(tailed, options.PublicUrl)), MediaTypeNames.Application.Json),
            _ => throw new InvalidOperationException($"{subscription.Format} is no format of a message."),
        };
    }

    private HttpRequestMessage Signed(Uri url, string[] secrets, TailedEntry tailed)
    {
        var (body, at) = (CloudEvent.Write(tailed), clock.Now);
        var request = WebhookSender.Post(url, body, CloudEvent.ContentType);
        request.Headers.Add("webhook-id", tailed.EventId);
        request.Headers.Add("webhook-timestamp", StandardSignature.Timestamp(at));
        request.Headers.Add("webhook-signature", StandardSignature.Of(secrets, tailed.EventId, at, body.Span));
        return request;
    }

    private static Uri Address(string[] secrets) =>
        secrets is [var only] && Uri.TryCreate(only, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")
            ? address
            : throw new SecretUnusableException("the file of the secret is not one line with an address");
}
