using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Policies;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Reports;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Gateway.Reports;

/// <summary>Reports about a team's instances. They look at what is recorded and change nothing.</summary>
internal sealed class ReportOperations(IGrains grains, IReports reports)
{
    private static readonly TimeSpan UsualTime = TimeSpan.FromDays(30);

    private static readonly Answer NotWhole = Answer.Refused(
        RefusalCode.TooLarge, "A table cannot say that it is not complete, and this one would not be; ask for a shorter time or one workflow, or ask for JSON and go on from where it ends.");

    /// <summary><c>GET /v1/audit/reports/shadow</c></summary>
    public async ValueTask<Answer> ShadowAsync(ApiRequest request)
    {
        var query = new QueryFields(request);
        var team = OwningTeam.Read(request, query, out var notYours);
        var (workflow, since, until) = (query.Name("workflow_id"), query.Time("since"), query.Time("until"));
        if ((query.Fault() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var report = await reports.ShadowAsync(Scope(team, workflow, since, until));
        return !WantsTable(request.Http) ? Json(report)
            : report.Coverage.IsComplete ? Answer.Ok(ReportCsv.ContentType, ReportCsv.Of(report))
            : NotWhole;
    }

    /// <summary><c>POST /v1/audit/reports/policy-replay</c></summary>
    public async ValueTask<Answer> ReplayAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var team = OwningTeam.Read(request, fields, out var notYours);
        var version = fields.OptionalText("policy_version_id") ?? "";
        if (version.Length == 0)
        {
            fields.Fail("policy_version_id", "is missing; send the version to ask, such as deploy-guard@8");
        }

        var (workflow, since, until) = (fields.OptionalName("workflow_id"), fields.OptionalTime("since"), fields.OptionalTime("until"));
        if ((fields.End() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (await grains.Policy(version).ReadAsync() is not { } policy || !policy.MayBeBoundBy(team))
        {
            return PolicyOperations.NotFound;
        }

        var report = await reports.ReplayAsync(Scope(team, workflow, since, until), version);
        return !WantsTable(request.Http) ? Json(report)
            : report.Coverage.IsComplete ? Answer.Ok(ReportCsv.ContentType, ReportCsv.Of(report))
            : NotWhole;
    }

    /// <summary><c>GET /v1/audit/reports/cost</c></summary>
    public async ValueTask<Answer> CostAsync(ApiRequest request)
    {
        var query = new QueryFields(request);
        Refusal? notYours = null;
        var teams = query.Filter(OwningTeam.Field) is null ? request.Caller.Teams : [OwningTeam.Read(request, query, out notYours)];
        var (workflow, since, until) = (query.Name("workflow_id"), query.Time("since"), query.Time("until"));
        if ((query.Fault() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var (from, to) = Range(since, until);
        var report = await reports.CostAsync(new CostScope(teams, from, to) { WorkflowId = workflow });
        return WantsTable(request.Http) ? Answer.Ok(ReportCsv.ContentType, ReportCsv.Of(report)) : Json(report);
    }

    /// <summary><c>GET /v1/audit/reports/authority</c></summary>
    public async ValueTask<Answer> AuthorityAsync(ApiRequest request)
    {
        var query = new QueryFields(request);
        var team = OwningTeam.Read(request, query, out var notYours);
        var (workflow, since, until) = (query.Name("workflow_id"), query.Time("since"), query.Time("until"));
        var format = query.Word<ReportFormat>("format") ?? WantedFormat.Of(request.Http, ReportFormat.Json, ReportFormat.Csv, ReportFormat.Html);
        if ((query.Fault() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var report = await reports.AuthorityAsync(Scope(team, workflow, since, until));
        return format switch
        {
            ReportFormat.Html => Answer.Ok(AuthorityPage.ContentType, AuthorityPage.Of(report)) with { ContentPolicy = AuthorityPage.Policy },
            ReportFormat.Csv when report.Coverage.IsComplete => Answer.Ok(ReportCsv.ContentType, ReportCsv.Of(report)),
            ReportFormat.Csv => NotWhole,
            _ => Json(report),
        };
    }

    private static Answer Json<T>(T report) => Answer.Ok("application/json", ReportJson.Of(report));

    private ReportScope Scope(string team, string? workflow, Instant? since, Instant? until)
    {
        var (from, to) = Range(since, until);
        return new ReportScope(team, from, to) { WorkflowId = workflow };
    }

    private (Instant Since, Instant Until) Range(Instant? since, Instant? until)
    {
        var to = until ?? reports.Now;
        return (since ?? to.Plus(-UsualTime), to);
    }

    private static bool WantsTable(HttpRequest request) => WantedFormat.Of(request, ReportFormat.Json, ReportFormat.Csv) == ReportFormat.Csv;
}
