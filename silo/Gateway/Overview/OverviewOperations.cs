using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Gateway.Routes;
using Gantral.Silo.Identity;

namespace Gantral.Silo.Gateway.Overview;

/// <summary>How everything stands. Everybody is told about the own teams; what a silo does for all teams together, only those who run or audit it.</summary>
internal sealed class OverviewOperations(IOverview overview)
{
    /// <summary>Who is told what a silo does.</summary>
    public static readonly Access Whole = Access.With(PlatformRole.Operator, PlatformRole.Auditor);

    /// <summary><c>GET /v1/overview</c></summary>
    public async ValueTask<Answer> GetAsync(ApiRequest request)
    {
        var query = new QueryFields(request);
        var teams = request.Caller.Teams;
        Refusal? notYours = null;
        if (query.Filter(OwningTeam.Field) is not null)
        {
            teams = [OwningTeam.Read(request, query, out notYours)];
        }

        if ((query.Fault() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var figures = await overview.OfAsync(teams);
        var here = Whole.Fault(request.Caller) is null ? overview.Here : null;
        return Answer.Ok(json => OverviewBody.Write(json, figures, here));
    }
}
