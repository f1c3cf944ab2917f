using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;

namespace Gantral.Evidence.Verification;

/// <summary>The report for machines, as canonical JSON: equal evidence gives equal bytes.</summary>
public static class ReportJson
{
    /// <summary>Writes the report.</summary>
    public static CanonicalBytes Write(VerificationReport report)
    {
        var json = new CanonicalWriter();
        json.BeginObject();
        json.Enum<Anchor>("anchor"u8, report.Anchor);
        if (report.Checkpoint is { } head)
        {
            json.Name("checkpoint"u8);
            json.BeginObject();
            json.Text("origin"u8, head.Origin);
            json.Hash("root"u8, head.Root);
            json.Integer("size"u8, head.Size);
            json.Text("time"u8, head.Time.ToString());
            json.EndObject();
        }

        json.Enum<FindingCode>("code"u8, report.Finding.Code);
        json.Integer("entries"u8, report.Entries);
        json.Integer("hidden"u8, report.Hidden);
        WriteCounts(json, report);
        WriteInstances(json, report);
        WriteMissing(json, report);
        WriteTexts(json, "not_excluded"u8, report.NotExcluded);
        json.Text("origin"u8, report.Origin);
        json.Text("reason"u8, report.Finding.Reason);
        json.Enum("scope"u8, report.Scope);
        json.Enum<Verdict>("verdict"u8, report.Verdict);
        WriteTexts(json, "warnings"u8, report.Warnings);
        json.EndObject();
        return json.ToCanonicalBytes();
    }

    private static void WriteCounts(CanonicalWriter json, VerificationReport report)
    {
        json.Name("instance_counts"u8);
        json.BeginObject();
        foreach (var (verdict, count) in report.InstanceCounts.OrderBy(pair => WireName.Of(pair.Key), StringComparer.Ordinal))
        {
            json.Integer(WireName.Utf8Of(verdict), count);
        }

        json.EndObject();
    }

    private static void WriteInstances(CanonicalWriter json, VerificationReport report)
    {
        json.Name("instances"u8);
        json.BeginArray();
        foreach (var instance in report.Instances)
        {
            json.BeginObject();
            json.Enum<FindingCode>("code"u8, instance.Finding.Code);
            json.Integer("entries"u8, instance.Entries);
            json.Text("instance_id"u8, instance.InstanceId);
            json.Flag("open"u8, instance.Open);
            json.Text("reason"u8, instance.Finding.Reason);
            json.Enum("state"u8, instance.State);
            json.Enum<Verdict>("verdict"u8, instance.Verdict);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteMissing(CanonicalWriter json, VerificationReport report)
    {
        json.Name("missing"u8);
        json.BeginArray();
        foreach (var item in report.Missing)
        {
            json.BeginObject();
            json.Text("kind"u8, item.Kind);
            json.Integer("number"u8, item.Number);
            json.Text("subject"u8, item.Subject);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteTexts(CanonicalWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        json.Name(name);
        json.BeginArray();
        foreach (var text in texts)
        {
            json.String(text);
        }

        json.EndArray();
    }
}
