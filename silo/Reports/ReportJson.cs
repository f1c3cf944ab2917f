using System.Text.Json;

namespace Gantral.Silo.Reports;

/// <summary>Writes reports as JSON, named as the API names things.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes a report.</summary>
    public static Task WriteAsync<TReport>(TReport report, Stream destination, CancellationToken cancellation = default) =>
        JsonSerializer.SerializeAsync(destination, report, Options, cancellation);
}
