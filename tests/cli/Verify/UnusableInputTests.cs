using System.Text;
using System.Text.Json;
using Gantral.Cli.Tests.Running;

namespace Gantral.Cli.Tests.Verify;

public sealed class UnusableInputTests : IDisposable
{
    private readonly Audit _audit = new();

    public void Dispose() => _audit.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("Dear auditor,\nthis is a letter.\n")]
    [InlineData("{\"kind\":\"entry\"}\n")]
    [InlineData("\u0000\u001b[2J\n")]
    public Task What_is_no_bundle_is_unusable(string text) =>
        IsUnusable("cannot be verified", _audit.Folder.Write("bundle.jsonl", Encoding.UTF8.GetBytes(text)), _audit.Keys);

    [Fact]
    public Task A_bundle_that_does_not_exist_is_unusable() =>
        IsUnusable("nowhere.jsonl does not exist", Path.Combine(_audit.Folder.Name, "nowhere.jsonl"), _audit.Keys);

    [Fact]
    public Task A_folder_is_no_bundle() => IsUnusable("is a folder", _audit.Folder.Name, _audit.Keys);

    [Fact]
    public Task Keys_that_do_not_exist_are_unusable() =>
        IsUnusable("nowhere.json does not exist", _audit.Write(_audit.Log.Export()), Path.Combine(_audit.Folder.Name, "nowhere.json"));

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("[]")]
    [InlineData("{\"format\":\"gantral/keys/2\",\"logs\":[]}")]
    [InlineData("{\"format\":\"gantral/keys/1\",\"logs\":[],\"extra\":true}")]
    public Task Keys_that_are_no_keys_file_are_unusable(string text) =>
        IsUnusable("holds no trusted keys", _audit.Write(_audit.Log.Export()), _audit.Folder.Write("other.json", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public Task A_bundle_given_for_the_keys_is_unusable()
    {
        var bundle = _audit.Write(_audit.Log.Export());
        return IsUnusable("holds no trusted keys", bundle, bundle);
    }

    [Fact]
    public async Task Nothing_in_a_file_can_steer_the_terminal()
    {
        var path = _audit.Folder.Write("bundle.jsonl", [.. _audit.Log.Export().ToBytes(), .. "{\"kind\":\"\\u001b[2J\u202e\u009b\"}\n"u8]);
        var run = await GantralProcess.Run("verify", path, "--keys", _audit.Keys);

        Assert.Equal(1, run.Status);
        Assert.Contains(@"\u{1b}[2J\u{202e}\u{9b}", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output, letter => char.IsControl(letter) && letter != '\n');
    }

    private static async Task IsUnusable(string why, string bundle, string keys)
    {
        var run = await GantralProcess.Run("verify", bundle, "--keys", keys);
        Assert.Equal(3, run.Status);
        Assert.Empty(run.Output);
        Assert.StartsWith("gantral: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(letter => letter == '\n'));

        var forMachines = await GantralProcess.Run("verify", bundle, "--keys", keys, "--json");
        Assert.Equal(3, forMachines.Status);
        var report = JsonDocument.Parse(forMachines.Output).RootElement;
        Assert.Equal("UNUSABLE", report.GetProperty("verdict").GetString());
        Assert.NotEmpty(report.GetProperty("reason").GetString()!);
    }
}
