using System.Collections.Immutable;
using Gantral.Abstractions.Definitions;
using Gantral.Grains.Definitions;

namespace Gantral.Grains.Workflows;

/// <summary>Reads what starts instances of a workflow.</summary>
internal static class TriggerReader
{
    private const int MostPicked = 50;
    private const int LongestPointer = 400;
    private const int LongestHook = 100;

    /// <summary>Reads a trigger.</summary>
    public static WorkflowTrigger Read(DefinitionNode trigger)
    {
        var fields = trigger.Fields();
        var type = fields.Required("type").Name();
        WorkflowTrigger read = type switch
        {
            "schedule" when fields.Optional("cron") is { } cron => Schedule(cron, fields),
            "webhook" when fields.Optional("hook_id") is { } hook => Webhook(hook, fields),
            _ => new WorkflowTrigger.Shown(type),
        };
        fields.End();
        return read;
    }

    /// <summary>The field without which a trigger does nothing, though its type promises that it does. Earlier releases took such triggers, so reading takes them too.</summary>
    public static string? Missing(WorkflowTrigger trigger) => trigger switch
    {
        WorkflowTrigger.Shown { Type: "schedule" } => "cron",
        WorkflowTrigger.Shown { Type: "webhook" } => "hook_id",
        _ => null,
    };

    private static WorkflowTrigger.Schedule Schedule(DefinitionNode cron, DefinitionFields fields)
    {
        var expression = cron.Text();
        if (!Schedules.CronExpression.TryRead(expression, out _, out var fault))
        {
            cron.Fail(fault);
        }

        return new WorkflowTrigger.Schedule(expression, fields.Required("time_zone").Name(), fields.Optional("missed")?.Word<MissedFirings>() ?? MissedFirings.Skip);
    }

    private static WorkflowTrigger.Webhook Webhook(DefinitionNode hook, DefinitionFields fields)
    {
        var id = hook.Text();
        if (id.Length is 0 or > LongestHook || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-') || id[0] == '.')
        {
            hook.Fail($"must be 1 to {LongestHook} letters, digits, dots, dashes and underscores, for it is part of an address");
        }

        var scheme = fields.Required("scheme").Word<WebhookScheme>();
        var secret = fields.Required("secret");
        if (!SecretReference.TryParse(secret.Text(), out var reference))
        {
            secret.Fail($"must be {SecretReference.Expected}, and never a secret itself");
        }

        return new WorkflowTrigger.Webhook(id, scheme, reference!, fields.Optional("events")?.Names() ?? [], Picked(fields.Optional("context")));
    }

    private static ImmutableSortedDictionary<string, string> Picked(DefinitionNode? context)
    {
        var picked = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, pointer) in context?.Fields().Rest() ?? [])
        {
            var text = pointer.Text();
            if (text.Length is < 2 or > LongestPointer || text[0] != '/')
            {
                pointer.Fail("must be a JSON pointer to one value of the message, such as /repository/full_name");
            }

            picked[name] = text;
        }

        if (picked.Count > MostPicked)
        {
            context!.Value.Fail($"takes more than {MostPicked} values out of a message");
        }

        return picked.ToImmutable();
    }
}
