using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Gantral.Abstractions.Definitions;
using Gantral.Grains.Authority;
using Gantral.Grains.Ledger;

namespace Gantral.Grains.Workflows;

/// <summary>The terms of a workflow version, made once for as long as the version is kept: many instances share them.</summary>
/// <param name="Strict">Those of most instances.</param>
/// <param name="Lenient">Those of instances that are bound to a setting that asks people when policy cannot answer.</param>
internal sealed record SharedTerms(WorkflowTerms Strict, WorkflowTerms Lenient)
{
    private static readonly ConditionalWeakTable<WorkflowVersion, SharedTerms> Known = [];

    /// <summary>The terms of a version.</summary>
    public static WorkflowTerms Of(WorkflowVersion version, bool asksPeople) =>
        Known.GetValue(version, Make) is var terms && asksPeople ? terms.Lenient : terms.Strict;

    private static SharedTerms Make(WorkflowVersion version)
    {
        var steps = version.Steps.Select(step => step.Step).ToFrozenSet(StringComparer.Ordinal);
        var terms = new WorkflowTerms(steps)
        {
            DefaultApproverRoles = version.DefaultApproverRoles,
            Retention = version.Retention,
            Work = new Work(version.Queue, version.StartAttempts, version.ResumeAttempts),
        };
        return new SharedTerms(terms, terms with { HumanWhenPolicyUnavailable = true });
    }
}
