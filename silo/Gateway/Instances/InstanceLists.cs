using System.Globalization;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Instances;

/// <summary>Many instances, or many entries of one. A projection says which; what is shown of each is what its grain says.</summary>
internal sealed class InstanceLists(IGrains grains, IInstanceReader reader)
{
    private readonly TeamInstances _instances = new(grains);

    /// <summary><c>GET /v1/instances</c></summary>
    public async ValueTask<Answer> ListAsync(ApiRequest request)
    {
        var query = new PageQuery(request.Http, "state", "workflow_id");
        var filter = new InstanceFilter(request.Caller.Teams, query.Limit + 1)
        {
            State = State(query),
            WorkflowId = Workflow(query),
            Below = Below(query),
        };
        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var ids = await reader.ListAsync(filter);
        var shown = new List<Instance>();
        foreach (var id in ids.Take(query.Limit))
        {
            if (await _instances.FindAsync(request, id) is { } instance)
            {
                shown.Add(instance);
            }
        }

        var next = ids.Length > query.Limit ? PageQuery.CursorOf(ids[query.Limit - 1].ToString("D")) : null;
        return InstancePage.Of(shown, next);
    }

    /// <summary><c>GET /v1/instances/{instance_id}/history</c></summary>
    public async ValueTask<Answer> HistoryAsync(ApiRequest request)
    {
        var query = new PageQuery(request.Http);
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

    private static string? Workflow(PageQuery query)
    {
        var id = query.Filter("workflow_id");
        if (id is not null && !PlainName.Is(id))
        {
            query.Fail("workflow_id is no name");
        }

        return id;
    }

    private static ExecutionState? State(PageQuery query)
    {
        if (query.Filter("state") is not { } word)
        {
            return null;
        }

        if (!WireName.TryParse<ExecutionState>(word, out var state))
        {
            query.Fail($"state must be one of {string.Join(", ", WireName.All<ExecutionState>())}");
        }

        return state;
    }

    private static Guid? Below(PageQuery query)
    {
        if (query.Cursor() is not { } cursor)
        {
            return null;
        }

        if (!Guid.TryParseExact(cursor, "D", out var below))
        {
            query.BadCursor();
        }

        return below;
    }
}
