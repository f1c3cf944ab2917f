using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gantral.Silo.Gateway.Reports;

/// <summary>Reads from a request as what a report is wanted.</summary>
internal static class WantedFormat
{
    /// <summary>What the request prefers among some formats. Whoever says nothing gets what every other answer is.</summary>
    public static ReportFormat Of(HttpRequest request, params ReadOnlySpan<ReportFormat> offered)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return ReportFormat.Json;
        }

        var (best, quality) = (ReportFormat.Json, 0.0);
        foreach (var type in accepted)
        {
            ReportFormat? format = type.MatchesAllTypes ? ReportFormat.Json : type.MediaType.Value switch
            {
                "application/json" => ReportFormat.Json,
                "text/csv" => ReportFormat.Csv,
                "text/html" => ReportFormat.Html,
                _ => null,
            };
            if (format is { } known && offered.Contains(known) && (type.Quality ?? 1) > quality)
            {
                (best, quality) = (known, type.Quality ?? 1);
            }
        }

        return best;
    }
}
