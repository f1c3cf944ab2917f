using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Grains.Definitions;

namespace Gantral.Grains.Workflows;

/// <summary>Reads what an author wrote about a workflow: all of it is understood, or the first fault is named.</summary>
internal static class WorkflowDefinitionReader
{
    private const int UsualStartAttempts = 3;
    private const int MostAttempts = 100;
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(36_500);

    /// <summary>Reads a definition, or says what is wrong with it.</summary>
    public static bool TryRead(CanonicalBytes definition, [NotNullWhen(true)] out WorkflowDefinition? workflow, out string fault)
    {
        var faults = new DefinitionFaults();
        var fields = new DefinitionNode(faults, "", definition.Memory).Fields();
        var read = new WorkflowDefinition
        {
            WorkflowId = fields.Required("workflow_id").IdPart(),
            Version = fields.Required("version").IdPart(),
            OwningTeamId = fields.Optional("owning_team_id")?.Name(),
            Materiality = fields.Required("materiality").Word<Materiality>(),
            PolicyVersionId = fields.Required("policy_version_id").VersionId(),
            Queue = fields.Required("queue").Name(),
            StartAttempts = fields.Optional("start_attempts")?.Count(1, MostAttempts) ?? UsualStartAttempts,
            ResumeAttempts = fields.Optional("resume_attempts")?.Count(1, MostAttempts) ?? 1,
            Mode = fields.Optional("mode")?.Word<Mode>() ?? Mode.Enforce,
            DefaultApproverRoles = fields.Optional("default_approver_roles")?.Names() ?? [],
            Connections = fields.Optional("connections") is { } connections ? ConnectionReader.Read(connections) : [],
            Retention = fields.Optional("retention")?.Duration(LongestRetention),
            Steps = Steps(fields.Required("steps")),
            Triggers = [.. (fields.Optional("triggers")?.Elements() ?? []).Select(TriggerReader.Read)],
        };
        fields.End();
        fault = faults.First ?? "";
        workflow = faults.First is null ? read : null;
        return workflow is not null;
    }

    private static ImmutableArray<WorkflowStep> Steps(DefinitionNode node)
    {
        var elements = node.Elements();
        var steps = ImmutableArray.CreateBuilder<WorkflowStep>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            var fields = element.Fields();
            var name = fields.Required("step");
            var step = new WorkflowStep(name.Name(), fields.Optional("after")?.Names() ?? [], fields.Optional("governed")?.Flag() ?? false);
            fields.End();
            if (!places.TryAdd(step.Step, steps.Count))
            {
                name.Fail($"repeats '{step.Step}'");
            }

            steps.Add(step);
        }

        if (node.Faults.First is null)
        {
            CheckOrder(elements, steps, places);
        }

        return steps.ToImmutable();
    }

    private static void CheckOrder(ImmutableArray<DefinitionNode> nodes, ImmutableArray<WorkflowStep>.Builder steps, Dictionary<string, int> places)
    {
        for (var place = 0; place < steps.Count; place++)
        {
            if (steps[place].After.FirstOrDefault(name => !places.ContainsKey(name)) is { } unknown)
            {
                nodes[place].Faults.Add($"{nodes[place].Path}.after", $"names '{unknown}', which is no step of this workflow");
                return;
            }
        }

        // Steps that follow only what is in place already are taken away until none is left, or a ring.
        var placed = new HashSet<string>(StringComparer.Ordinal);
        while (placed.Count < steps.Count)
        {
            var next = steps.Where(step => !placed.Contains(step.Step) && step.After.All(placed.Contains)).Select(step => step.Step).ToList();
            if (next.Count == 0)
            {
                var place = Enumerable.Range(0, steps.Count).First(at => !placed.Contains(steps[at].Step));
                nodes[place].Faults.Add($"{nodes[place].Path}.after", $"leads back to '{steps[place].Step}' in a ring");
                return;
            }

            placed.UnionWith(next);
        }
    }
}
