using System.Globalization;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>Many instances, or many entries of one. A projection says which; what is shown of each is what its grain says.</summary>
internal sealed class InstanceLists(IGrains grains, IInstanceReader reader, IWorkQueues queues)
{
    private readonly TeamInstances _instances = new(grains);
    private readonly InstanceAnswers _answers = new(queues);

    /// <summary><c>GET /v1/instances</c></summary>
    public async ValueTask<Answer> ListAsync(ApiRequest request)
    {
        var query = new PageQuery(request);
        var filter = new InstanceFilter(request.Caller.Teams, query.Limit + 1)
        {
            State = query.Word<ExecutionState>("state"),
            WorkflowId = query.Name("workflow_id"),
            Text = query.Name("text"),
            Since = query.Time("since"),
            Until = query.Time("until"),
            Below = query.IdCursor(),
        };
        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var ids = await reader.ListAsync(filter);

        // All at once: what must be read of the ledger is read together.
        var shown = (await Task.WhenAll(ids.Take(query.Limit).Select(id => _instances.FindAsync(request, id).AsTask()))).OfType<Instance>().ToList();
        var next = ids.Length > query.Limit ? PageQuery.CursorOf(ids[query.Limit - 1].ToString("D")) : null;
        return await _answers.PageAsync(shown, next);
    }

    /// <summary><c>GET /v1/instances/{instance_id}/history</c></summary>
    public async ValueTask<Answer> HistoryAsync(ApiRequest request)
    {
        var query = new PageQuery(request);
        var after = 0L;
        if (query.Cursor() is { } cursor && (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after) || after < 1))
        {
            query.BadCursor();
        }

        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (await _instances.FindAsync(request) is not { } instance)
        {
            return TeamInstances.NotFound;
        }

        var entries = await reader.HistoryAsync(instance.InstanceId, after, query.Limit + 1);
        var page = entries.Take(query.Limit).ToList();
        var next = entries.Length > query.Limit ? PageQuery.CursorOf(page[^1].Sealed.Entry.Sequence.ToString(CultureInfo.InvariantCulture)) : null;
        return Answer.Ok(json =>
        {
            json.WriteString("instance_id", instance.InstanceId);
            json.WriteStartArray("entries");
            page.ForEach(entry => HistoryBody.Write(json, entry));
            json.WriteEndArray();
            json.WriteString("next_cursor", next);
        });
    }
}
