using Gantral.Cli.Tests.Running;

namespace Gantral.Cli.Tests.Help;

/// <summary>Every command says what its exit statuses mean and shows how it is used, and shells can complete it.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("pending")]
    [InlineData("instances", "--state <")]
    [InlineData("show", "--json")]
    [InlineData("watch", "130")]
    [InlineData("approve", "--snapshot-hash <HASH>", "75")]
    [InlineData("reject", "--yes")]
    [InlineData("override", "--delta <JSON|FILE> (REQUIRED)")]
    [InlineData("apply", "--dry-run", "-f")]
    [InlineData("up", "GANTRAL_SILO")]
    [InlineData("doctor", "--checkpoint <FILE>")]
    [InlineData("redact", "It cannot be undone", "--field <FIELD> (REQUIRED)", "75")]
    [InlineData("report", "--html", "--out <FILE>")]
    [InlineData("completion", "zsh")]
    [InlineData("witness", "--state <FILE>", "keygen")]
    public async Task Help_shows_exit_statuses_and_an_example(string command, params string[] words)
    {
        var run = await GantralProcess.Run(command, "--help");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.All(["Exit status:", "Example", $"  gantral {command}", .. words], word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
        Assert.DoesNotContain('\e', run.Output);
    }

    [Theory]
    [InlineData("show", "no-id")]
    [InlineData("instances", "--limit", "201")]
    [InlineData("instances", "--since", "yesterday")]
    [InlineData("watch", "--type", "NOTHING")]
    [InlineData("approve", "01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c", "--yes")]
    [InlineData("redact", "01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c", "--sequence", "0", "--field", "justification")]
    [InlineData("report", "--csv", "--html")]
    [InlineData("apply")]
    [InlineData("completion", "cmd")]
    [InlineData("witness", "--keys", "keys.json")]
    public async Task A_wrong_line_is_a_sentence_and_64(params string[] words)
    {
        var run = await GantralProcess.Run(words);

        Assert.Equal((64, ""), (run.Status, run.Output));
        Assert.Contains($"See: gantral {words[0]} --help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_not_started()
    {
        var run = await new GantralProcess { Environs = environs => environs["GANTRAL_SILO"] = "/no/such/server.dll" }.RunAsync("up");

        Assert.Equal((69, ""), (run.Status, run.Output));
        Assert.Contains("/no/such/server.dll", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_asks_the_command_for_its_words()
    {
        Assert.Equal("pending\n", (await GantralProcess.Run("[suggest:10]", "gantral pe")).Output);
        foreach (var shell in new[] { "bash", "zsh", "fish" })
        {
            var script = await GantralProcess.Run("completion", shell);
            Assert.Equal(0, script.Status);
            Assert.Contains("[suggest:", script.Output, StringComparison.Ordinal);
        }
    }
}
