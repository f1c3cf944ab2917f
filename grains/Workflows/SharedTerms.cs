using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Gantral.Abstractions.Definitions;
using Gantral.Grains.Authority;

namespace Gantral.Grains.Workflows;

/// <summary>The terms of a workflow version, made once for as long as the version is kept: many instances share them.</summary>
internal static class SharedTerms
{
    private static readonly ConditionalWeakTable<WorkflowVersion, WorkflowTerms> Known = [];

    /// <summary>The terms of a version.</summary>
    public static WorkflowTerms Of(WorkflowVersion version) => Known.GetValue(version, Make);

    private static WorkflowTerms Make(WorkflowVersion version) =>
        new(version.Steps.Select(step => step.Step).ToFrozenSet(StringComparer.Ordinal)) { DefaultApproverRoles = version.DefaultApproverRoles };
}
