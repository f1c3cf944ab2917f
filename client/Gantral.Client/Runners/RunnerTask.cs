using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Commands;

namespace Gantral.Client;

/// <summary>A piece of work that a runner has, for whoever does it.</summary>
public sealed class RunnerTask
{
    private readonly GantralClient _client;
    private readonly ConcurrentDictionary<(string Step, string Context), string> _unanswered = new();

    internal RunnerTask(GantralClient client, ClaimedTask claimed, TaskSecrets secrets) => (_client, Claimed, Secrets) = (client, claimed, secrets);

    /// <summary>Everything that came with it.</summary>
    public ClaimedTask Claimed { get; }

    /// <summary>The secrets of its connections, which were resolved here right before it began. They belong into no context, checkpoint or error.</summary>
    public TaskSecrets Secrets { get; }

    /// <summary>Its instance.</summary>
    public Guid InstanceId => Claimed.InstanceId;

    /// <summary>START: begin. RESUME: go on with what a person approved.</summary>
    public WorkKind Kind => Claimed.Kind;

    /// <summary>What the work is to use; of a RESUME what was approved. Null once erased.</summary>
    public JsonObject? Context => Claimed.Context;

    /// <summary>Where the process that suspended left off.</summary>
    public EvidenceReference? Checkpoint => Claimed.Checkpoint;

    /// <summary>
    /// Asks before a step, under the lease of this work. RUNNING: go on with the answer's context. WAITING_FOR_HUMAN:
    /// checkpoint, and answer <see cref="Suspended"/>. TERMINATED: stop. When no answer came, ask again: until one has come,
    /// the same question goes under the same key.
    /// </summary>
    public async Task<ExecutionInstance> RequestAuthorityAsync(string step, JsonObject? context = null, CancellationToken cancellation = default)
    {
        var question = new AuthorityQuestion { Step = step, ExecutionContext = context, TaskId = Claimed.TaskId, FencingToken = Claimed.FencingToken };
        var asked = (step, context?.ToJsonString() ?? "");
        var key = _unanswered.GetOrAdd(asked, _ => Guid.NewGuid().ToString("N"));
        try
        {
            var answer = await _client.Instances.RequestAuthorityAsync(InstanceId, question, key, cancellation).ConfigureAwait(false);
            _unanswered.TryRemove(asked, out _);
            return answer;
        }
        catch (GantralException refused) when (!refused.IsPassing && refused.Status < 500 && refused.Code != ProblemCode.NotGantral)
        {
            _unanswered.TryRemove(asked, out _);
            throw;
        }
    }
}
