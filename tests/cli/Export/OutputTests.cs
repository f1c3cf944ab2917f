using System.Text;
using Gantral.Cli.Tests.Running;

namespace Gantral.Cli.Tests.Export;

/// <summary>Where a file cannot be written, or an answer cannot be had.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task A_folder_that_is_missing_is_said_in_a_sentence()
    {
        var data = _folder.Write("keys.json", Encoding.ASCII.GetBytes("{}"));
        var output = Path.Combine(_folder.Name, "nowhere", "out.json");
        var run = await GantralProcess.Run("keys", "export", "--data", Path.GetDirectoryName(data)!, "--out", output);

        Assert.Equal((73, ""), (run.Status, run.Output));
        Assert.StartsWith($"gantral: {output} cannot be written: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(character => character == '\n'));
    }

    [Fact]
    public async Task A_file_is_written_whole_or_not_at_all()
    {
        var output = _folder.Write("bundle.jsonl", Encoding.ASCII.GetBytes("what was there"));
        var silent = new GantralProcess { Environs = environs => environs["GANTRAL_URL"] = "http://127.0.0.1:1" };
        var run = await silent.RunAsync("export", "--log", "1", "--out", output);

        Assert.Equal(69, run.Status);
        Assert.Contains("No Gantral answers at http://127.0.0.1:1/", run.Error, StringComparison.Ordinal);
        Assert.Equal("what was there", await File.ReadAllTextAsync(output));
        Assert.Equal([output], Directory.GetFiles(_folder.Name));
    }

    [Theory]
    [InlineData("--instance", "01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c", "--team", "payments")]
    [InlineData("--instance", "01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c", "--resume")]
    [InlineData("--log", "1", "--from", "-1")]
    [InlineData("--log", "1", "--from", "1", "--since", "2026-01-01T00:00:00Z")]
    [InlineData("--log", "1", "--instance", "01938c5e-7d1f-7f00-8000-6b1f9f1b2a3c")]
    [InlineData("--team", "payments")]
    public async Task What_does_not_go_together_is_said_before_anything_is_fetched(params string[] wish)
    {
        var run = await GantralProcess.Run(["export", .. wish, "--out", Path.Combine(_folder.Name, "out.jsonl")]);

        Assert.Equal((64, ""), (run.Status, run.Output));
        Assert.Empty(Directory.GetFiles(_folder.Name));
    }

    [Fact]
    public async Task What_is_there_of_a_log_stays_when_the_rest_cannot_be_fetched()
    {
        const string Header = """{"counts":{"checkpoint":1,"entry":3},"format":"gantral/bundle/1","kind":"header","origin":"x","scope":"log","semantics":"gantral/authority/1","to":3}""";
        var output = Path.Combine(_folder.Name, "log.jsonl");
        var draft = _folder.Write("log.jsonl.part", Encoding.ASCII.GetBytes($"{Header}\n{{\"entry\":{{}},\"kind\":\"entry\",\"position\":0}}\n{{\"entry\":{{}},\"kind\":\"entry\",\"posi"));
        var silent = new GantralProcess { Environs = environs => environs["GANTRAL_URL"] = "http://127.0.0.1:1" };
        var run = await silent.RunAsync("export", "--log", "1", "--resume", "--out", output);

        Assert.Equal(69, run.Status);
        Assert.Contains("--resume goes on with it", run.Error, StringComparison.Ordinal);
        Assert.Equal($"{Header}\n", await File.ReadAllTextAsync(draft));
        Assert.False(File.Exists(output));
    }

    public void Dispose()
    {
        _folder.Dispose();
    }
}
