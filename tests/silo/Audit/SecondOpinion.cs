using System.Diagnostics;
using System.Text.Json.Nodes;
using Gantral.Evidence.Verification;
using Gantral.Silo.Tests.Node;

namespace Gantral.Silo.Tests.Audit;

/// <summary>What the verifier that was written from the text alone, in another language, says to a bundle.</summary>
internal static class SecondOpinion
{
    public static async Task<(string Verdict, string Code)> OnAsync(byte[] bundle, TrustedKeys keys)
    {
        var report = await ReportAsync(bundle, keys);
        return ((string)report["verdict"]!, (string)report["code"]!);
    }

    public static async Task<JsonNode> ReportAsync(byte[] bundle, TrustedKeys keys)
    {
        var folder = Directory.CreateTempSubdirectory("gantral-second-").FullName;
        try
        {
            var (file, trusted) = (Path.Combine(folder, "bundle.jsonl"), Path.Combine(folder, "keys.json"));
            await File.WriteAllBytesAsync(file, bundle);
            await File.WriteAllBytesAsync(trusted, keys.ToFile().Memory);
            using var python = Process.Start(new ProcessStartInfo("python3")
            {
                ArgumentList = { Path.Combine(NodeService.Root(), "evidence", "second", "verify.py"), file, "--keys", trusted, "--json" },
                RedirectStandardOutput = true,
                Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
            })!;
            var report = JsonNode.Parse(await python.StandardOutput.ReadToEndAsync())!;
            await python.WaitForExitAsync();
            return report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
