using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gantral.Silo.Reports;

namespace Gantral.Silo.Gateway.Reports;

/// <summary>An authority report as a page to read, print and keep: one file, without a script and without anything from elsewhere.</summary>
internal static class AuthorityPage
{
    public const string ContentType = "text/html; charset=utf-8";

    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1f;background:#fff}"
        + "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc;vertical-align:top;overflow-wrap:anywhere}"
        + "td.n,th.n{text-align:right;white-space:nowrap}code{font-size:.85em}@media(prefers-color-scheme:dark){body{color:#e6e6ea;background:#16161a}th,td{border-color:#444}}";

    /// <summary>What a browser may do with it: show it, in this style.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The page of a report.</summary>
    public static byte[] Of(AuthorityReport report)
    {
        var (coverage, gates, times, check) = (report.Coverage, report.Gates, report.TimeToDecide, report.SelfCheck);
        var page = new StringBuilder($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Authority report: {Text(coverage.OwningTeamId)}</title><style>{Style}</style></head><body>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>Authority report</h1><p>Team <strong>{Text(coverage.OwningTeamId)}</strong>, {(coverage.WorkflowId is { } workflow ? $"workflow <strong>{Text(workflow)}</strong>" : "all workflows")}: the {coverage.Instances} instances created from {Text(coverage.Since)} until before {Text(coverage.Until)}.</p>");
        if (!coverage.IsComplete)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p><strong>This is not all that was asked for: a report since {Text(coverage.Until)} goes on.</strong></p>");
        }

        page.Append(check.IsConsistent
            ? $"<p>The {Number(check.Entries)} entries it is made of hold together. That is a look at itself and no proof: export the bundle and run <code>gantral verify</code>.</p>"
            : "<p><strong>Entries do not hold together; see below.</strong></p>");
        Table(page, "Executions", ["State", "Reason", "#Count"], report.Executions.Select(one => new[] { one.State, one.Reason, Number(one.Count) }));
        Table(page, "Gates", ["#Asked", "#Decided", "#Ended undecided", "#Open", "#Timeouts", "#Escalations"],
            [[Number(gates.Asked), Number(gates.Decided), Number(gates.Undecided), Number(gates.Open), Number(gates.Timeouts), Number(gates.Escalations)]]);
        Table(page, "Time to decide", ["#Half within", "#Nine of ten within", "#All within"], [[Span(times.P50Milliseconds), Span(times.P90Milliseconds), Span(times.MaxMilliseconds)]]);
        Table(page, "Decisions", ["Person", "Issuer", "Role", "Decision", "#Count", "#On behalf of others"],
            report.Decisions.Select(one => new[] { one.HumanActorId, one.Issuer, one.Role, one.DecisionType, Number(one.Count), Number(one.Delegated) }));
        Table(page, report.Overrides.Length < report.OverridesMade ? $"Overrides (the first {Number(report.Overrides.Length)} of {Number(report.OverridesMade)})" : "Overrides", ["Instance", "#Entry", "When", "Step", "Person", "Role", "What was changed"],
            report.Overrides.Select(one => new[] { one.InstanceId, Number(one.Sequence), one.At, one.Step, one.HumanActorId, one.Role, one.ContextDelta?.GetRawText() ?? $"erased; its hash is {one.ContextDeltaHash}" }));
        if (!check.IsConsistent)
        {
            Table(page, "What does not hold together", ["Instance", "#Entry", "Fault"], check.Faults.Select(one => new[] { one.InstanceId, Number(one.Sequence), one.Fault }));
        }

        return Encoding.UTF8.GetBytes(page.Append("</body></html>\n").ToString());
    }

    // A column of numbers is named with a mark in front.
    private static void Table(StringBuilder page, string title, string[] columns, IEnumerable<string?[]> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(title)}</h2><table><thead><tr>");
        foreach (var column in columns)
        {
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{Class(column)}>{Text(column.TrimStart('#'))}</th>");
        }

        page.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            page.Append("<tr>");
            foreach (var (place, cell) in row.Index())
            {
                page.Append(CultureInfo.InvariantCulture, $"<td{Class(columns[place])}>{Text(cell ?? "")}</td>");
            }

            page.Append("</tr>");
        }

        page.Append("</tbody></table>");
    }

    private static string Class(string column) => column.StartsWith('#') ? " class=\"n\"" : "";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Span(long? milliseconds) =>
        milliseconds is { } known ? TimeSpan.FromMilliseconds(known).ToString("d\\.hh\\:mm\\:ss\\.fff", CultureInfo.InvariantCulture) : "–";
}
