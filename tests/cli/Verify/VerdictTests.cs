using Gantral.Cli.Tests.Running;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Verification;

namespace Gantral.Cli.Tests.Verify;

public sealed class VerdictTests : IDisposable
{
    private readonly Audit _audit = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public async Task A_whole_life_is_VALID_and_the_statement_says_so_first()
    {
        var life = _audit.Approved();
        var run = await GantralProcess.Run("verify", _audit.Write(_audit.Log.Instance(life.InstanceId)), "--keys", _audit.Keys);

        Assert.Equal(0, run.Status);
        Assert.StartsWith("VALID\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{life.InstanceId:D}, COMPLETED after", run.Output, StringComparison.Ordinal);
        Assert.Contains($"root {_audit.Log.Head().Root}", run.Output, StringComparison.Ordinal);
        Assert.Contains("What this does not exclude", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_whole_log_is_VALID_with_its_open_instances_counted()
    {
        _audit.Approved();
        _audit.Waiting();
        var run = await GantralProcess.Run("verify", _audit.Write(_audit.Log.Export()), "--keys", _audit.Keys);

        Assert.Equal(0, run.Status);
        Assert.Contains("2 VALID (1 still open)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_changed_byte_of_an_entry_is_INVALID()
    {
        var bundle = _audit.Log.Instance(_audit.Approved().InstanceId).ToBytes();
        var path = _audit.Folder.Write("bundle.jsonl", Change(bundle, "\"id\":\"alice\"", "\"id\":\"alicf\""));
        var run = await GantralProcess.Run("verify", path, "--keys", _audit.Keys);

        Assert.Equal(1, run.Status);
        Assert.StartsWith("INVALID\nThis evidence is wrong: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_byte_in_a_log_names_the_instances_that_it_strikes()
    {
        var life = _audit.Approved();
        var path = _audit.Folder.Write("log.jsonl", Change(_audit.Log.Export().ToBytes(), "\"id\":\"alice\"", "\"id\":\"alicf\""));
        var run = await GantralProcess.Run("verify", path, "--keys", _audit.Keys);

        Assert.Equal(1, run.Status);
        Assert.Contains("INVALID wrong_root: the entries do not hash to the signed root", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{life.InstanceId:D}  COMPLETED after", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_instance_is_INCONCLUSIVE_by_its_bundle_alone()
    {
        var run = await GantralProcess.Run("verify", _audit.Write(_audit.Log.Instance(_audit.Waiting().InstanceId)), "--keys", _audit.Keys);

        Assert.Equal(2, run.Status);
        Assert.StartsWith("INCONCLUSIVE\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("(open)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_line_is_INCONCLUSIVE_and_what_is_missing_is_listed()
    {
        var bundle = _audit.Log.Instance(_audit.Approved().InstanceId);
        var promised = bundle.Header();
        bundle.Lines.Remove(bundle.Lines.First(line => line.Kind == LineKind.Proof));
        var path = _audit.Folder.Write("bundle.jsonl", BundleFileOf(promised, bundle.Lines));
        var run = await GantralProcess.Run("verify", path, "--keys", _audit.Keys);

        Assert.Equal(2, run.Status);
        Assert.Contains("Missing\n  - the inclusion proof ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_is_read_from_standard_input()
    {
        var input = _audit.Log.Instance(_audit.Approved().InstanceId).ToBytes();
        var run = await new GantralProcess { Input = input }.RunAsync("verify", "-", "--keys", _audit.Keys);

        Assert.Equal(0, run.Status);
        Assert.StartsWith("VALID\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Json_is_exactly_what_the_library_writes(bool whole)
    {
        var life = whole ? _audit.Approved() : _audit.Waiting();
        var bundle = _audit.Log.Instance(life.InstanceId).ToBytes();
        var report = Verifier.Verify(new MemoryStream(bundle), _audit.Log.Keys());
        var run = await GantralProcess.Run("verify", _audit.Folder.Write("bundle.jsonl", bundle), "--keys", _audit.Keys, "--json");

        Assert.Equal(report.ExitStatus, run.Status);
        Assert.Equal(ReportJson.Write(report) + "\n", run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task It_needs_no_home_and_no_folder_to_write_to()
    {
        var bundle = _audit.Write(_audit.Log.Instance(_audit.Approved().InstanceId));
        var locked = Directory.CreateDirectory(Path.Combine(_audit.Folder.Name, "locked")).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var run = await new GantralProcess { Folder = locked, Environs = environs => environs.Remove("HOME") }.RunAsync("verify", bundle, "--keys", _audit.Keys);

        Assert.Equal(0, run.Status);
    }

    private static byte[] Change(byte[] bundle, string old, string changed)
    {
        var text = System.Text.Encoding.UTF8.GetString(bundle);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return System.Text.Encoding.UTF8.GetBytes(text.Replace(old, changed, StringComparison.Ordinal));
    }

    private static byte[] BundleFileOf(BundleHeader header, IEnumerable<(LineKind Kind, byte[] Bytes)> lines) =>
        Gantral.Lives.BundleFile.Join([header.ToLine(), .. lines.Select(line => line.Bytes)]);
}
