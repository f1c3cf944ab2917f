using System.Collections.Immutable;

namespace Gantral.Abstractions.Definitions;

/// <summary>What starts instances of a workflow version.</summary>
public abstract record WorkflowTrigger
{
    private WorkflowTrigger()
    {
    }

    /// <summary>A time.</summary>
    /// <param name="Cron">When, in five fields.</param>
    /// <param name="TimeZone">Whose clock on the wall is meant.</param>
    /// <param name="Missed">What becomes of firings that no silo was there for.</param>
    public sealed record Schedule(string Cron, string TimeZone, MissedFirings Missed) : WorkflowTrigger;

    /// <summary>A signed message from another system.</summary>
    /// <param name="HookId">Where it is sent to.</param>
    /// <param name="Scheme">How it is signed.</param>
    /// <param name="Secret">Where the secret lies, never what it is.</param>
    /// <param name="Events">The kinds of messages that start something; all of them if none is named.</param>
    /// <param name="Context">What is taken out of a message, by names of one's own: JSON pointers. Nothing else is kept of it.</param>
    public sealed record Webhook(string HookId, WebhookScheme Scheme, SecretReference Secret, ImmutableArray<string> Events, ImmutableSortedDictionary<string, string> Context) : WorkflowTrigger;

    /// <summary>Whatever is only shown: somebody calls the API.</summary>
    /// <param name="Type">Its name.</param>
    public sealed record Shown(string Type) : WorkflowTrigger;
}
