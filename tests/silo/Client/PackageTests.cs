using System.Diagnostics;
using System.IO.Compression;
using Gantral.Silo.Tests.Node;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Client;

/// <summary>The package that others install.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task It_holds_the_library_its_documentation_and_what_to_read_first()
    {
        var folder = Directory.CreateTempSubdirectory("gantral-pack-");
        try
        {
            var project = Path.Combine(NodeService.Root(), "client", "Gantral.Client");
            using var pack = Process.Start(new ProcessStartInfo(SiloUnderTest.Host, ["pack", project, "-c", "Release", "--no-build", "-o", folder.FullName]) { RedirectStandardOutput = true })!;
            var said = await pack.StandardOutput.ReadToEndAsync();
            await pack.WaitForExitAsync();
            Assert.True(pack.ExitCode == 0, said);

            using var package = ZipFile.OpenRead(Assert.Single(folder.GetFiles("Gantral.Client.*.nupkg")).FullName);
            Assert.Superset(
                new HashSet<string> { "README.md", "Gantral.Client.nuspec", "lib/net10.0/Gantral.Client.dll", "lib/net10.0/Gantral.Client.xml" },
                package.Entries.Select(entry => entry.FullName).ToHashSet());
            using var nuspec = new StreamReader(package.GetEntry("Gantral.Client.nuspec")!.Open());
            var text = await nuspec.ReadToEndAsync();
            Assert.All(["<readme>README.md</readme>", "Apache-2.0", "id=\"Gantral.Abstractions\"", "id=\"Microsoft.Extensions.Hosting.Abstractions\""], part => Assert.Contains(part, text, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
