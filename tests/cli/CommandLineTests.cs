using Gantral.Cli.Tests.Running;

namespace Gantral.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_shows_the_commands_and_an_example()
    {
        var run = await GantralProcess.Run("--help");

        Assert.Equal(0, run.Status);
        Assert.Contains("gantral verify bundle.jsonl --keys keys.json", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_on_verify_mentions_every_option_and_exit_status()
    {
        var run = await GantralProcess.Run("verify", "--help");

        Assert.Equal(0, run.Status);
        Assert.All(
            ["<FILE>", "--keys <FILE> (REQUIRED)", "--json", "--checkpoint <FILE>", "--help", "0    VALID", "1    INVALID", "2    INCONCLUSIVE", "3    UNUSABLE", "64", "130"],
            word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Version_is_a_single_line()
    {
        var run = await GantralProcess.Run("--version");

        Assert.Equal(0, run.Status);
        Assert.Matches(@"\A\d+\.\d+\.\d+\S*\n\z", run.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("verfy")]
    [InlineData("verify")]
    [InlineData("verify", "bundle.jsonl")]
    [InlineData("verify", "--keys", "keys.json")]
    [InlineData("verify", "bundle.jsonl", "--keys")]
    [InlineData("verify", "--unknown", "--keys", "keys.json")]
    [InlineData("verify", "bundle.jsonl", "--keys", "keys.json", "--unknown")]
    [InlineData("verify", "bundle.jsonl", "other.jsonl", "--keys", "keys.json")]
    [InlineData("verify", "bundle.jsonl", "--keys", "keys.json", "--keys", "others.json")]
    public async Task A_wrong_command_line_is_never_taken_for_a_verdict(params string[] arguments)
    {
        var run = await GantralProcess.Run(arguments);

        Assert.Equal(64, run.Status);
        Assert.Contains("--help", run.Output + run.Error, StringComparison.Ordinal);
    }
}
