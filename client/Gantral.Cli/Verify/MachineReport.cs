using Gantral.Evidence.Verification;

namespace Gantral.Cli.Verify;

/// <summary>The report for machines: exactly the library's bytes and a newline.</summary>
internal static class MachineReport
{
    /// <summary>Prints a report.</summary>
    public static void Print(VerificationReport report)
    {
        // Past the console's encoder, for these bytes are canonical.
        using var output = Console.OpenStandardOutput();
        output.Write(ReportJson.Write(report).Span);
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    /// <summary>The report on input that did not even reach the verifier.</summary>
    public static VerificationReport Unusable(string reason) => new() { Finding = new Finding(FindingCode.UnusableInput, reason) };
}
