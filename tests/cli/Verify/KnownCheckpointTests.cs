using Gantral.Cli.Tests.Running;
using Gantral.Evidence.Log;
using Gantral.Lives;

namespace Gantral.Cli.Tests.Verify;

public sealed class KnownCheckpointTests : IDisposable
{
    private readonly Audit _audit = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public async Task An_earlier_checkpoint_of_the_same_log_anchors_its_export()
    {
        _audit.Approved("first");
        var kept = _audit.KeepCheckpoint();
        _audit.Approved("second");
        var run = await Verify(_audit.Write(_audit.Log.Export()), "--checkpoint", kept);

        Assert.Equal(0, run.Status);
        Assert.Contains("earlier_checkpoint: ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("rewrote the log", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_of_another_history_makes_the_log_INVALID()
    {
        // The same key signs both histories: this is what an operator who rewrites the log would do.
        var other = new PaperLog(Audit.Origin, _audit.Log.Signer, _audit.Log.Now);
        _ = new Life(other, "rewritten").Create(Life.Allow).Complete();
        var kept = _audit.Folder.Write("kept.txt", other.Sign(other.Head()));
        _audit.Approved();
        var run = await Verify(_audit.Write(_audit.Log.Export()), "--checkpoint", kept);

        Assert.Equal(1, run.Status);
        Assert.Contains("split_view", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_that_nothing_ties_to_the_bundle_leaves_the_verdict_open()
    {
        var life = _audit.Approved("first");
        var kept = _audit.KeepCheckpoint();
        _audit.Approved("second");
        var run = await Verify(_audit.Write(_audit.Log.Instance(life.InstanceId)), "--checkpoint", kept);

        Assert.Equal(2, run.Status);
        Assert.Contains("a consistency proof for the checkpoint of size", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_signed_by_another_key_is_not_used()
    {
        using var stranger = LogSigner.Create(Audit.Origin);
        var signer = _audit.Log.Signer;
        _audit.Log.Signer = stranger;
        var kept = _audit.KeepCheckpoint();
        _audit.Log.Signer = signer;
        var run = await Verify(_audit.Write(_audit.Log.Export()), "--checkpoint", kept);

        Assert.Equal(3, run.Status);
        Assert.Contains("No key of the keys file vouches for", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a note")]
    public async Task A_checkpoint_that_cannot_be_read_is_unusable(string text)
    {
        var kept = _audit.Folder.Write("kept.txt", System.Text.Encoding.UTF8.GetBytes(text));
        var run = await Verify(_audit.Write(_audit.Log.Export()), "--checkpoint", kept);

        Assert.Equal(3, run.Status);
        Assert.Contains("is no signed checkpoint", run.Error, StringComparison.Ordinal);
    }

    private Task<Outcome> Verify(string bundle, params string[] more) => GantralProcess.Run(["verify", bundle, "--keys", _audit.Keys, .. more]);
}
