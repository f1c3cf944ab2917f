using System.Text.Encodings.Web;
using System.Text.Json;
using Gantral.Bench.Running;

namespace Gantral.Bench.Reporting;

/// <summary>The result for a machine.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the result.</summary>
    public static string Write(IEnumerable<CaseResult> results, IEnumerable<Usage> usages) => JsonSerializer.Serialize(
        new
        {
            Machine = Machine.Describe(),
            Cases = results.Select(result => new
            {
                result.Case,
                result.Figure,
                result.Unit,
                result.Ceiling,
                result.Ratio,
                result.Reach,
                Better = result.LowerIsBetter ? "lower" : "higher",
                result.P50,
                result.P99,
                result.Notes,
            }),
            Usage = usages,
        },
        Format);
}
