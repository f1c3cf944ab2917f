using System.Collections.Immutable;
using System.Text.Json;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Webhooks;

namespace Gantral.Silo.Gateway.Subscriptions;

/// <summary>Subscriptions and dead letters as callers see them.</summary>
internal static class SubscriptionBody
{
    public static void Write(Utf8JsonWriter json, Subscription subscription)
    {
        json.WriteString("subscription_id", subscription.SubscriptionId);
        json.WriteString("owning_team_id", subscription.OwningTeamId);
        json.Word<SubscriptionFormat>("format", subscription.Format);
        json.WriteString("url", subscription.Url);
        json.WriteString("secret", subscription.Secret.Text);
        json.Texts("entry_types", subscription.EntryTypes);
        json.WriteString("workflow_id", subscription.WorkflowId);
        json.WriteString("created_by", subscription.CreatedBy);
        json.Time("created_at", subscription.CreatedAt);
        json.Time("disabled_at", subscription.DisabledAt);
    }

    public static void Write(Utf8JsonWriter json, ImmutableArray<SubscriptionCursor> cursors)
    {
        json.WriteStartArray("cursors");
        foreach (var cursor in cursors)
        {
            json.WriteStartObject();
            json.WriteNumber("log_id", cursor.LogId);
            json.WriteNumber("position", cursor.Position);
            json.WriteNumber("behind", Math.Max(0, cursor.Size - cursor.Position));
            json.WriteNumber("attempts", cursor.Attempts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, DeadLetter letter)
    {
        json.WriteNumber("log_id", letter.LogId);
        json.WriteNumber("position", letter.Position);
        json.WriteString("event_id", letter.EventId);
        json.WriteString("event_type", letter.EventType);
        json.Time("failed_at", letter.FailedAt);
        json.WriteNumber("attempts", letter.Attempts);
        json.WriteString("fault", letter.Fault);
        json.WriteBoolean("replaying", letter.IsAskedFor);
    }
}
