using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Queues;

/// <summary>How a process ended, in the words of its runner.</summary>
/// <param name="Word">Which of the three ways.</param>
/// <param name="FencingToken">The token of its lease.</param>
/// <param name="Remains">What it leaves behind.</param>
internal sealed record TaskOutcome(OutcomeWord Word, long FencingToken, WorkRemains Remains)
{
    private const int LongestError = 4000;

    /// <summary>Where it left its checkpoint.</summary>
    public CanonicalBytes? Checkpoint { get; private init; }

    /// <summary>What went wrong.</summary>
    public CanonicalBytes? Error { get; private init; }

    /// <summary>Reads the body of an outcome, or says what is wrong with it.</summary>
    public static TaskOutcome Read(BodyFields fields, out Refusal? refusal)
    {
        var outcome = new TaskOutcome(
            fields.Word<OutcomeWord>("outcome"),
            fields.Integer("fencing_token"),
            new WorkRemains(fields.OptionalReferences("evidence"), fields.OptionalCost("cost")))
        {
            Checkpoint = fields.OptionalReference("checkpoint"),
            Error = fields.OptionalTextOrObject("error"),
        };
        if (outcome.Checkpoint is not null && outcome.Word != OutcomeWord.Suspended)
        {
            fields.Fail("checkpoint", "belongs to the outcome SUSPENDED; leave it out");
        }

        if (outcome.Error is not null && outcome.Word != OutcomeWord.Failed)
        {
            fields.Fail("error", "belongs to the outcome FAILED; leave it out");
        }

        if (outcome.Error is { } error && error.Span.Length > LongestError)
        {
            fields.Fail("error", $"must be at most {LongestError} bytes: a sentence for whoever looks, and no log");
        }

        refusal = fields.End();
        return outcome;
    }

    /// <summary>Tells the instance.</summary>
    public ValueTask<Reply> TellAsync(IInstanceGrain instance, Caller caller) => Word switch
    {
        OutcomeWord.Completed => instance.CompleteAsync(caller, Remains),
        OutcomeWord.Failed => instance.FailAsync(caller, Remains, Error),
        _ => instance.SuspendAsync(caller, Remains, Checkpoint),
    };

    /// <summary>The key of an outcome that came without one: a process ends once, so telling it again is the same command.</summary>
    public CommandKey KeyOf(Guid taskId, CanonicalBytes body) => new(
        new Digest(SHA256.HashData(Encoding.UTF8.GetBytes($"gantral/outcome/1\n{taskId:D}\n{FencingToken}"))),
        new Digest(SHA256.HashData(body.Span)));
}
