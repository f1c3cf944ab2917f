using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Reference;

namespace Gantral.Silo.Gateway.Hooks;

/// <summary>What <see cref="HookOperations"/> does, for whoever sends messages.</summary>
internal static class HookDescriptions
{
    public static Described Deliver { get; } = new("deliver_message", "Webhooks", "Start workflows by a signed message")
    {
        Text = "Takes a message of another system, signed by the secret that a workflow's trigger names: for GitHub `X-Hub-Signature-256` over the body as it came, with `X-GitHub-Delivery` and `X-GitHub-Event`. The same delivery starts once, however often it is sent. A hook that is not there and a signature that is not right get the same answer.",
        Body = new Form("the sender's message", new() { ["type"] = "object" }),
        Answers =
        [
            new(202, "What was started; nothing where the event is none that any trigger names.")
            {
                Bodies = [("application/json", new Shape("Started", "What a message started.", new Field("instances", Form.ListOf(Form.Id), "The instances.")).Form)],
            },
        ],
        Refusals = [RefusalCode.NotFound, RefusalCode.InvalidBody, RefusalCode.TooLarge, RefusalCode.Overloaded, RefusalCode.StorageUnavailable],

        // It cannot be sent as it is: the signature is made of a secret that the reader does not have.
        Examples = [],
    };
}
