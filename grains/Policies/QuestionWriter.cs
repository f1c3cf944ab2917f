using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Json;

namespace Gantral.Grains.Policies;

/// <summary>Writes a question for a service. What there is none of, an instance or a step, is absent and never null.</summary>
public static class QuestionWriter
{
    /// <summary>The body of a request.</summary>
    public static CanonicalBytes Write(HttpShape shape, PolicyQuestion question)
    {
        var json = new CanonicalWriter();
        if (shape == HttpShape.Opa)
        {
            json.BeginObject();
            json.Name("input"u8);
            Write(json, question);
            json.EndObject();
        }
        else
        {
            Write(json, question);
        }

        return json.ToCanonicalBytes();
    }

    private static void Write(CanonicalWriter json, PolicyQuestion question)
    {
        json.BeginObject();
        Text(json, "actor_id"u8, question.ActorId);
        Text(json, "current_state"u8, WireName.Of(question.CurrentState));
        json.Name("dry_run"u8);
        json.Boolean(question.DryRun);
        json.Name("execution_context"u8);
        json.Value(question.ExecutionContext);
        Text(json, "instance_id"u8, question.InstanceId?.ToString("D"));
        Text(json, "materiality"u8, WireName.Of(question.Materiality));
        Text(json, "policy_version_id"u8, question.PolicyVersionId);
        json.Name("roles"u8);
        json.BeginArray();
        foreach (var role in question.Roles)
        {
            json.String(role);
        }

        json.EndArray();
        Text(json, "step"u8, question.Step);
        Text(json, "workflow_id"u8, question.WorkflowId);
        Text(json, "workflow_version"u8, question.WorkflowVersion);
        json.EndObject();
    }

    private static void Text(CanonicalWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.Name(name);
            json.String(text);
        }
    }
}
