using System.Diagnostics;
using System.IO.Compression;
using Gantral.Silo.Tests.Node;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Client;

/// <summary>The package that others install, and what is written about it.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Project =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <UseAppHost>false</UseAppHost>
            <NuGetAudit>false</NuGetAudit>
            <RestoreSources>$(MSBuildProjectDirectory)/feed</RestoreSources>
            <RestorePackagesPath>$(MSBuildProjectDirectory)/packages</RestorePackagesPath>
            <RestoreFallbackFolders>{0}</RestoreFallbackFolders>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Gantral.Client" Version="*" />
          </ItemGroup>
        </Project>
        """;

    private const string Program =
        """
        using Gantral.Client;

        using var client = new GantralClient(new GantralClientOptions { Address = new Uri("http://127.0.0.1:9"), Token = _ => new("none") });
        try
        {
            await client.Queues.ListAsync();
        }
        catch (HttpRequestException)
        {
            Console.WriteLine("nobody there");
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantral-pack-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_holds_the_library_its_documentation_and_what_to_read_first()
    {
        Assert.DoesNotContain("warning", await PackAsync("client/Gantral.Client"), StringComparison.OrdinalIgnoreCase);

        using var package = ZipFile.OpenRead(Assert.Single(_folder.GetFiles("feed/Gantral.Client.*.nupkg")).FullName);
        Assert.Superset(
            new HashSet<string> { "README.md", "Gantral.Client.nuspec", "lib/net10.0/Gantral.Client.dll", "lib/net10.0/Gantral.Client.xml" },
            package.Entries.Select(entry => entry.FullName).ToHashSet());
        using var nuspec = new StreamReader(package.GetEntry("Gantral.Client.nuspec")!.Open());
        var text = await nuspec.ReadToEndAsync();
        Assert.All(["<readme>README.md</readme>", "Apache-2.0", "id=\"Gantral.Abstractions\"", "id=\"Microsoft.Extensions.Hosting.Abstractions\""], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_project_of_somebody_else_installs_it_and_everything_that_the_documents_show_compiles()
    {
        await PackAsync("abstractions");
        await PackAsync("client/Gantral.Client");
        var installed = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Write("Outside.csproj", Project.Replace("{0}", installed, StringComparison.Ordinal));
        Write("Program.cs", Program);
        var snippets = Snippet.Of("client/Gantral.Client/README.md", "docs/integration.md");
        Assert.True(snippets.Count >= 4, "The documents show no code any more.");
        Write("Around.cs", Snippet.Around);
        foreach (var snippet in snippets)
        {
            Write($"{snippet.Name}.cs", snippet.Compilable(snippets));
        }

        await DotnetAsync("build", Path.Combine(_folder.FullName, "Outside.csproj"), "-o", Path.Combine(_folder.FullName, "out"), "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Assert.Equal("nobody there", (await DotnetAsync(Path.Combine(_folder.FullName, "out", "Outside.dll"))).Trim());
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);

    private Task<string> PackAsync(string project) =>
        DotnetAsync("pack", Path.Combine(NodeService.Root(), project), "-c", "Release", "--no-build", "-o", Path.Combine(_folder.FullName, "feed"), "-nodeReuse:false");

    private static async Task<string> DotnetAsync(params string[] arguments)
    {
        using var dotnet = Process.Start(new ProcessStartInfo(SiloUnderTest.Host, arguments) { RedirectStandardOutput = true })!;
        var said = await dotnet.StandardOutput.ReadToEndAsync();
        await dotnet.WaitForExitAsync();
        Assert.True(dotnet.ExitCode == 0, said);
        return said;
    }
}
