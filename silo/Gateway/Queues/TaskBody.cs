using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Silo.Gateway.Answers;

namespace Gantral.Silo.Gateway.Queues;

/// <summary>Work as runners see it. The names are part of the API and never change.</summary>
internal static class TaskBody
{
    public static void Write(Utf8JsonWriter json, HandedTask task)
    {
        var (instance, binding) = (task.Instance, task.Instance.Binding);
        json.WriteStartObject();
        json.WriteString("task_id", task.Lease.TaskId);
        json.WriteNumber("fencing_token", task.Lease.FencingToken);
        json.Word<WorkKind>("kind", task.Kind);
        json.WriteNumber("attempt", task.Attempt);
        json.WriteString("instance_id", instance.InstanceId);
        json.WriteString("workflow_id", binding.WorkflowId);
        json.WriteString("workflow_version", binding.WorkflowVersion);
        json.WriteString("owning_team_id", binding.OwningTeamId);
        json.Word<Mode>("mode", binding.Mode);
        json.Value("context", instance.Context);
        // That of an earlier gate is over with the process that left it: whoever begins anew begins without one.
        json.Value("checkpoint", task.Kind == WorkKind.Resume ? instance.Checkpoint : null);
        json.WriteStartArray("connections");
        foreach (var connection in task.Connections)
        {
            json.WriteStartObject();
            json.WriteString("connection_id", connection.ConnectionId);
            json.WriteString("version", connection.Version);
            json.WriteString("reference", connection.Reference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Time("lease_until", task.LeaseUntil);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, QueueFigures queue)
    {
        json.WriteString("queue", queue.Queue);
        json.WriteString("owning_team_id", queue.OwningTeamId);
        json.Word<QueueState>("state", queue.Order.State);
        json.Count("most_at_once", queue.Order.MostAtOnce);
        json.WriteNumber("depth", queue.Depth);
        json.Time("oldest_since", queue.OldestSince);
        json.Duration("oldest_age", queue.OldestAge);
        json.WriteNumber("at_work", queue.AtWork);
        json.Texts("runners", queue.Runners);
    }
}
