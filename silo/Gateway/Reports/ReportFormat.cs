using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Reports;

/// <summary>As what a report is wanted.</summary>
[LowerCaseNames]
internal enum ReportFormat
{
    /// <summary>For programs.</summary>
    Json,

    /// <summary>For spreadsheets.</summary>
    Csv,

    /// <summary>For people.</summary>
    Html,
}
