using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Reports;

namespace Gantral.Silo.Gateway.Reports;

/// <summary>What auditors and policy authors are told about many instances at once.</summary>
internal interface IReports
{
    /// <summary>The time up to which a report goes that names none.</summary>
    Instant Now { get; }

    /// <summary>What observe-only mode has seen.</summary>
    Task<ShadowReport> ShadowAsync(ReportScope scope);

    /// <summary>What another policy version would have said.</summary>
    Task<PolicyReplayReport> ReplayAsync(ReportScope scope, string policyVersionId);

    /// <summary>What was executed, and who decided what about it.</summary>
    Task<AuthorityReport> AuthorityAsync(ReportScope scope);

    /// <summary>What was spent.</summary>
    Task<CostReport> CostAsync(CostScope scope);
}
