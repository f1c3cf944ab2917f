using Gantral.Silo.Startup;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.WholeLife;

namespace Gantral.Silo.Tests.Startup;

/// <summary>The executable itself, where it ends before it serves.</summary>
public sealed class ExecutableTests
{
    [Theory]
    [InlineData("--help", "Usage: [serve]")]
    [InlineData("serve --help", "Usage: [serve]")]
    [InlineData("migrate --help", "Usage: migrate")]
    [InlineData("rebuild --help", "Usage: rebuild")]
    [InlineData("reopen --help", "Usage: log reopen")]
    public async Task Every_verb_explains_itself(string words, string begin)
    {
        var (status, output, _) = await RunAsync(words.Split(' '));

        Assert.Equal(ExitStatus.Done, status);
        Assert.StartsWith(begin, output, StringComparison.Ordinal);
        Assert.Contains("Gantral:SigningKeyFile", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dance", ExitStatus.Usage, "serve, migrate, rebuild")]
    [InlineData("serve --prot 1", ExitStatus.Usage, "--prot")]
    [InlineData("serve --port x", ExitStatus.Configuration, "'x'")]
    public async Task What_is_wrong_is_one_sentence_on_standard_error(string words, int expected, string said)
    {
        var (status, output, error) = await RunAsync(words.Split(' '));

        Assert.Equal((expected, ""), (status, output));
        Assert.Contains(said, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_the_environment_and_a_misspelt_one_is_told()
    {
        var (status, _, error) = await RunAsync(["serve"], ("Gantral__Prot", "1"), ("Gantral__Database", "Host=nowhere"));

        Assert.Equal(ExitStatus.Configuration, status);
        Assert.Contains("did you mean Gantral:Port?", error, StringComparison.Ordinal);
        Assert.Contains("Gantral:SigningKeyFile", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_stops_the_start_with_one_sentence()
    {
        var (status, output, error) = await RunAsync(["serve"], ("Gantral__Tls__CertificateFile", "/nowhere/tls.crt"), ("Gantral__Tls__KeyFile", "/nowhere/tls.key"));

        Assert.Equal((ExitStatus.Configuration, ""), (status, output));
        Assert.Contains("/nowhere/tls.crt", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Output, string Error)> RunAsync(string[] words, params (string Name, string Value)[] environment)
    {
        using var process = SiloUnderTest.Launch(words, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TestFolder.Patience);
        return (process.ExitCode, await output, await error);
    }
}
