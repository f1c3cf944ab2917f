using Gantral.Client.Connection;
using Gantral.Client.Json;

namespace Gantral.Client;

/// <summary>Reports about a team's instances, as objects or as tables. A table that would not be complete is refused.</summary>
public sealed class ReportGroup
{
    private const string Table = "text/csv, application/problem+json;q=0.5";
    private const string Page = "text/html, application/problem+json;q=0.5";

    private readonly Api _api;

    internal ReportGroup(Api api) => _api = api;

    /// <summary><c>GET /v1/audit/reports/shadow</c>: where policy would have stopped or ended instances.</summary>
    public Task<ShadowReport> ShadowAsync(ReportRange? range = null, CancellationToken cancellation = default) =>
        _api.GetAsync(Of("shadow", range), ClientJson.Default.ShadowReport, cancellation);

    /// <summary><c>GET /v1/audit/reports/shadow</c>: the gates as a table.</summary>
    public Task<Stream> ShadowTableAsync(ReportRange? range = null, CancellationToken cancellation = default) => _api.OpenAsync(Of("shadow", range), Table, cancellation);

    /// <summary><c>POST /v1/audit/reports/policy-replay</c>: what another policy version would say about what is recorded.</summary>
    public Task<PolicyReplayReport> PolicyReplayAsync(string policyVersionId, ReportRange? range = null, CancellationToken cancellation = default) =>
        _api.PostAsync("v1/audit/reports/policy-replay", Replay(policyVersionId, range), ClientJson.Default.PolicyReplay, ClientJson.Default.PolicyReplayReport, idempotencyKey: null, cancellation);

    /// <summary><c>POST /v1/audit/reports/policy-replay</c>: the changes as a table.</summary>
    public Task<Stream> PolicyReplayTableAsync(string policyVersionId, ReportRange? range = null, CancellationToken cancellation = default) =>
        _api.OpenAsync("v1/audit/reports/policy-replay", Replay(policyVersionId, range), ClientJson.Default.PolicyReplay, Table, cancellation);

    /// <summary><c>GET /v1/audit/reports/authority</c>: what was executed, who decided what about it, and how long that took.</summary>
    public Task<AuthorityReport> AuthorityAsync(ReportRange? range = null, CancellationToken cancellation = default) =>
        _api.GetAsync(Of("authority", range), ClientJson.Default.AuthorityReport, cancellation);

    /// <summary><c>GET /v1/audit/reports/authority</c>: the same as a table.</summary>
    public Task<Stream> AuthorityTableAsync(ReportRange? range = null, CancellationToken cancellation = default) => _api.OpenAsync(Of("authority", range), Table, cancellation);

    /// <summary><c>GET /v1/audit/reports/authority</c>: the same as a page to read, with nothing in it that is fetched from elsewhere.</summary>
    public Task<Stream> AuthorityPageAsync(ReportRange? range = null, CancellationToken cancellation = default) => _api.OpenAsync(Of("authority", range), Page, cancellation);

    /// <summary><c>GET /v1/audit/reports/cost</c>: what was recorded as spent.</summary>
    public Task<CostReport> CostAsync(ReportRange? range = null, CancellationToken cancellation = default) =>
        _api.GetAsync(Of("cost", range), ClientJson.Default.CostReport, cancellation);

    /// <summary><c>GET /v1/audit/reports/cost</c>: the same as a table.</summary>
    public Task<Stream> CostTableAsync(ReportRange? range = null, CancellationToken cancellation = default) => _api.OpenAsync(Of("cost", range), Table, cancellation);

    private static string Of(string report, ReportRange? range) => new Query($"v1/audit/reports/{report}")
        .And("owning_team_id", range?.OwningTeamId).And("workflow_id", range?.WorkflowId).And("since", range?.Since).And("until", range?.Until).ToString();

    private static PolicyReplay Replay(string policyVersionId, ReportRange? range) => new(policyVersionId, range?.OwningTeamId, range?.WorkflowId, range?.Since, range?.Until);
}
