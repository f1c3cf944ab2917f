using System.Globalization;
using System.Text;
using Gantral.Abstractions.Vocabulary;
using Gantral.Cli.Terminal;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Verify;

/// <summary>The report for people: the verdict first, then what was proven, what was found, and what is not excluded.</summary>
internal sealed class Statement(VerificationReport report, Colour colour)
{
    private const int MostListed = 20;

    private readonly StringBuilder _text = new();

    /// <summary>What is worth telling of the instances.</summary>
    public required InstanceTally Instances { get; init; }

    /// <summary>How many heads the auditor gave.</summary>
    public required int KnownCheckpoints { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        _text.Clear();
        Line(StatementWords.Verdict(report.Verdict, colour));
        Line(StatementWords.Opening(report));
        Line("");
        WriteFacts();
        WriteNotValid();
        WriteList("Missing", report.Missing.Select(item => item.ToString()));
        WriteList("Warnings", Warnings());
        if (report.Verdict != Verdict.Invalid)
        {
            WriteList("What this does not exclude", report.NotExcluded);
        }

        return _text.ToString();
    }

    private void WriteFacts()
    {
        Fact("Scope", StatementWords.Scope(report.Scope));
        if (report.Scope == BundleScope.Instance)
        {
            foreach (var instance in report.Instances)
            {
                Fact("Instance", $"{Printable.Text(instance.InstanceId)}, {State(instance)}");
            }
        }
        else
        {
            Fact("Instances", InstanceCounts());
        }

        Fact("Entries", Number(report.Entries) + " checked" + (report.Hidden > 0 ? $", {Number(report.Hidden)} shown as bare hashes only" : ""));
        if (report.Checkpoint is { } head)
        {
            Fact("Log", Printable.Text(head.Origin));
            Fact("Head", $"{Number(head.Size)} entries at {head.Time}, signed by a trusted key");
            Fact("", $"root {head.Root}");
        }
        else
        {
            Fact("Head", "none that a trusted key signed");
        }

        if (report.Verdict != Verdict.Invalid)
        {
            Fact("Anchor", StatementWords.Anchor(report.Anchor));
        }
    }

    private string InstanceCounts()
    {
        var counts = report.InstanceCounts.Where(count => count.Value > 0)
            .Select(count => $"{Number(count.Value)} {WireName.Of(count.Key)}" + (count.Key == Verdict.Valid && Instances.Open > 0 ? $" ({Number(Instances.Open)} still open)" : ""));
        var all = string.Join(", ", counts);
        return all.Length > 0 ? all : "none";
    }

    private void WriteNotValid()
    {
        // Of one instance everything is said already.
        if (report.Scope == BundleScope.Instance || !Instances.ByFinding.Any())
        {
            return;
        }

        Heading("Instances that are not VALID");
        foreach (var (finding, count, named) in Instances.ByFinding)
        {
            Line($"  {StatementWords.Verdict(finding.Verdict, colour)} {WireName.Of(finding.Code)}: {Printable.Text(finding.Reason)}");
            foreach (var instance in named)
            {
                Line($"    {Printable.Text(instance.InstanceId)}  {State(instance)}");
            }

            if (count > named.Count)
            {
                Line($"    and {Number(count - named.Count)} more");
            }
        }

        if (Instances.Untold > 0)
        {
            Line($"  and {Number(Instances.Untold)} more for other reasons");
        }
    }

    private IEnumerable<string> Warnings() => KnownCheckpoints > 0 && report.Anchor == Anchor.None && report.Verdict == Verdict.Valid
        ? report.Warnings.Append("every known checkpoint is of another log than this bundle, so none of them anchors it")
        : report.Warnings;

    private void WriteList(string heading, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count == 0)
        {
            return;
        }

        Heading(heading);
        foreach (var item in all.Take(MostListed))
        {
            Line($"  - {Printable.Text(item)}");
        }

        if (all.Count > MostListed)
        {
            Line($"  and {Number(all.Count - MostListed)} more; --json lists them");
        }
    }

    private void Fact(string name, string value) => Line($"  {colour.Faint(name.PadRight(9))}  {value}");

    private void Heading(string text)
    {
        Line("");
        Line(colour.Strong(text));
    }

    private void Line(string text) => _text.Append(text).Append('\n');

    private static string State(InstanceReport instance) =>
        (instance.State is { } state ? $"{WireName.Of(state)} after " : "") + $"{Number(instance.Entries)} {(instance.Entries == 1 ? "entry" : "entries")}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
