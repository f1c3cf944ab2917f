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

    public void Dispose()
    {
        _folder.Dispose();
    }
}
