using System.Text.Json;

namespace Gantral.Silo.Reports;

/// <summary>Writes reports as JSON, named as the API names things.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The JSON of a report.</summary>
    public static byte[] Of<TReport>(TReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Options);
}
