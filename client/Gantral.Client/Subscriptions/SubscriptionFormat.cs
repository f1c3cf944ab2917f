using Gantral.Abstractions.Vocabulary;

namespace Gantral.Client;

/// <summary>What a subscription is sent.</summary>
[LowerCaseNames]
public enum SubscriptionFormat
{
    /// <summary>Each entry as a CloudEvent, signed as Standard Webhooks has it.</summary>
    Events,

    /// <summary>A message to a channel of Slack, whose address is the secret.</summary>
    Slack,
}
