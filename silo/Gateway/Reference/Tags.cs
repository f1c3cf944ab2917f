using System.Collections.Immutable;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>Among what operations are shown, in this order.</summary>
internal static class Tags
{
    public static ImmutableArray<(string Name, string Text)> All { get; } =
    [
        ("Policies", "What must hold before a step. Policy advises and never holds authority; versions never change."),
        ("Workflows", "What agents do, step by step, and which policy guards it. Versions never change."),
        ("Instances", "One execution of a workflow version: created, asked for, stopped, ended."),
        ("Decisions", "What people decide, and what waits for them."),
        ("Delegations", "Roles that people lend each other for a time."),
        ("Webhooks", "Other systems: told what happens, and starting workflows by signed messages."),
        ("Streams", "What happens, as it happens."),
        ("Runners", "Work, fetched from queues under a lease, and how it ended."),
        ("Audit", "Evidence, to be taken away and verified elsewhere."),
        ("Reports", "What is recorded about many instances at once."),
        ("Callers", "Whom a token speaks for."),
        ("Health", "Whether a silo serves. No token is needed."),
        ("Reference", "This reference. No token is needed."),
    ];
}
