using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Reports;
using Gantral.Silo.Ledger;

namespace Gantral.Silo.Reports;

/// <summary>The reports of a ledger.</summary>
internal sealed class AuditReports(PostgresLedger ledger, IGrains grains, TimeProvider time) : IReports
{
    private readonly ReportSource _source = new(ledger.Source, ledger.Entries, time);

    /// <inheritdoc/>
    public Instant Now => ledger.Clock.Now;

    /// <inheritdoc/>
    public Task<ShadowReport> ShadowAsync(ReportScope scope) => ShadowReport.ReadAsync(_source, scope);

    /// <inheritdoc/>
    public Task<PolicyReplayReport> ReplayAsync(ReportScope scope, string policyVersionId) => new PolicyReplay(_source, grains).RunAsync(scope, policyVersionId);

    /// <inheritdoc/>
    public Task<AuthorityReport> AuthorityAsync(ReportScope scope) => AuthorityReport.ReadAsync(_source, scope);

    /// <inheritdoc/>
    public Task<CostReport> CostAsync(CostScope scope) => CostReport.ReadAsync(ledger.Source, scope);
}
