using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Json;
using Gantral.Silo.Adapters;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Secrets;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Gateway.Hooks;

/// <summary>Signed messages of other systems that start workflows.</summary>
/// <param name="hooks">Who takes them.</param>
/// <param name="secrets">Where secrets lie.</param>
/// <param name="grains">Where workflows and instances are reached.</param>
/// <param name="newInstanceId">The id of an instance that a command creates.</param>
internal sealed class HookOperations(IHooks hooks, MountedSecrets secrets, IGrains grains, Func<CommandKey, Guid> newInstanceId)
{
    private const int LongestDelivery = 200;

    private static readonly FrozenDictionary<WebhookScheme, IInboundAdapter> Schemes =
        new Dictionary<WebhookScheme, IInboundAdapter> { [WebhookScheme.Github] = new GitHubAdapter() }.ToFrozenDictionary();

    // One answer for a hook that is not there and for a signature that is not right: nobody finds out which hooks there are.
    private static readonly Answer NotFound = Answer.Refused(
        RefusalCode.NotFound, "There is no such hook, or the message is not signed with its secret; check the address and the secret on both sides.");

    /// <summary><c>POST /v1/hooks/{hook_id}</c></summary>
    public async ValueTask<Answer> DeliverAsync(ApiRequest request)
    {
        if (await BodyText.ReadBytesAsync(request.Http) is not { } body)
        {
            return Answer.Refused(BodyText.TooLarge());
        }

        var proven = await ProvenAsync(request, new InboundRequest(name => Header(request.Http, name), body));
        if (proven.IsEmpty)
        {
            return NotFound;
        }

        var wanted = proven.Where(one => one.Trigger.Events.IsEmpty || one.Trigger.Events.Contains(one.Message.Event ?? "", StringComparer.Ordinal)).ToList();
        return wanted.Count == 0 ? Started([]) : await StartAsync(wanted, body);
    }

    private async ValueTask<ImmutableArray<Delivery>> ProvenAsync(ApiRequest request, InboundRequest inbound)
    {
        var proven = ImmutableArray.CreateBuilder<Delivery>();
        foreach (var hooked in request.PathName("hook_id") is { } hookId ? await hooks.FindAsync(hookId) : [])
        {
            if (await grains.Workflow(hooked.WorkflowId, hooked.WorkflowVersion).ReadAsync() is { } version
                && version.Triggers.ElementAtOrDefault(hooked.Place) is WorkflowTrigger.Webhook trigger
                && await SecretsAsync(version.Binding.OwningTeamId, trigger, request.Http.HttpContext.RequestAborted) is { } known
                && Schemes[trigger.Scheme].Read(inbound, known) is { } message)
            {
                proven.Add(new Delivery(version, trigger, message));
            }
        }

        return proven.ToImmutable();
    }

    // A secret that is not mounted proves nobody; what a sender is told is the same.
    private async ValueTask<string[]?> SecretsAsync(string team, WorkflowTrigger.Webhook trigger, CancellationToken cancellation)
    {
        try
        {
            return await secrets.ReadAsync(team, trigger.Secret, cancellation);
        }
        catch (SecretUnusableException)
        {
            return null;
        }
    }

    private async ValueTask<Answer> StartAsync(List<Delivery> deliveries, byte[] body)
    {
        if (deliveries[0].Message.DeliveryId is not { Length: > 0 and <= LongestDelivery } deliveryId)
        {
            return Answer.Refused(RefusalCode.InvalidBody, "The message does not say which delivery it is, so it could not be told from the same one sent again.");
        }

        if (!CanonicalJson.TryCanonicalize(body, BodyText.Limits, out var message, out var unreadable))
        {
            return Answer.Refused(RefusalCode.InvalidBody, $"The message is no JSON that can be read ({unreadable.Message}); have it sent as application/json.");
        }

        var started = new List<Guid>();
        foreach (var (version, trigger, _) in deliveries)
        {
            var context = PickedContext.Pick(message, trigger.Context, out var fault);
            if (fault is not null)
            {
                return Answer.Refused(RefusalCode.InvalidBody, fault);
            }

            var binding = version.Binding;
            var caller = new Caller(new Actor($"hook:{trigger.HookId}", Actor.System.Issuer, ActorKind.Workload), [], KeyOf(binding, trigger, deliveryId));
            var reply = await grains.Instance(newInstanceId(caller.Key)).CreateAsync(caller, new Creation(binding.WorkflowId, binding.WorkflowVersion, binding.OwningTeamId, context));
            if (reply.Refusal is { } refusal)
            {
                return Answer.Refused(refusal);
            }

            started.Add(reply.Instance!.InstanceId);
        }

        return Started(started);
    }

    private static Answer Started(List<Guid> instances) => Answer.WithStatus(202, json =>
    {
        json.WriteStartArray("instances");
        instances.ForEach(id => json.WriteStringValue(id));
        json.WriteEndArray();
    });

    // The same delivery is the same command, also when the workflow has a newer version by the time it is sent again.
    private static CommandKey KeyOf(Binding binding, WorkflowTrigger.Webhook trigger, string deliveryId)
    {
        var hash = new Digest(SHA256.HashData(Encoding.UTF8.GetBytes($"gantral/hook/1\n{binding.OwningTeamId}\n{binding.WorkflowId}\n{trigger.HookId}\n{deliveryId}")));
        return new CommandKey(hash, hash);
    }

    private static string? Header(HttpRequest request, string name) => request.Headers[name] is [{ } only] ? only : null;

    private sealed record Delivery(WorkflowVersion Version, WorkflowTrigger.Webhook Trigger, InboundMessage Message);
}
