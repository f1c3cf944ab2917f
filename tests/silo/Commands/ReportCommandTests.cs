using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Commands;

/// <summary><c>gantral report</c>: who decided what, for people, for programs and to keep.</summary>
public sealed class ReportCommandTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private const string Auditor = "audrey: gantral.auditor";

    private readonly string _folder = Directory.CreateTempSubdirectory("gantral-report-").FullName;
    private ServedSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await ServedSilo.StartAsync(server.Database);
        await _silo.RegisterAsync();
        await _silo.MadeAsync("alice: release-manager", "/v1/decisions", await _silo.DecisionAsync(await _silo.WaitingAsync(), "OVERRIDE", """{"percent":5}"""));
        await _silo.WaitingAsync();
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_report_is_told_in_words_or_as_json_and_only_to_those_who_may()
    {
        var words = await _silo.RunAsync(Auditor, "report", "--workflow", _silo.Name);
        Assert.Equal((0, ""), (words.Status, words.Error));
        Assert.All(
            [$"team {_silo.Name}, workflow {_silo.Name}", "2 instances", "2 asked, 1 decided", "WAITING_FOR_HUMAN", "alice", "OVERRIDE OF", "entries hold together"],
            word => Assert.Contains(word, words.Output, StringComparison.Ordinal));

        var told = await _silo.RunAsync(Auditor, "report", "--json");
        Assert.Equal((0, "", 1, 5), (told.Status, told.Error, (int)told.Json["gates"]!["open"]!, (int)told.Json["overrides"]![0]!["context_delta"]!["percent"]!));
        var none = await _silo.RunAsync(Auditor, "report", "--json", "--since", "2020-01-01T00:00:00Z", "--until", "2020-02-01T00:00:00Z");
        Assert.Equal((0, 0), (none.Status, (int)none.Json["coverage"]!["instances"]!));
        Assert.Equal(69, (await _silo.RunAsync("alice: release-manager", "report")).Status);
        Assert.Equal(69, (await _silo.RunAsync(Auditor, "report", "--team", "strangers")).Status);
        Assert.Equal(64, (await _silo.RunAsync(Auditor, "report", "--json", "--csv")).Status);
    }

    [Fact]
    public async Task It_is_kept_as_a_file_that_is_there_whole_or_not_at_all()
    {
        var (page, table) = (Path.Combine(_folder, "report.html"), Path.Combine(_folder, "report.csv"));
        Assert.Equal((0, "", ""), Said(await _silo.RunAsync(Auditor, "report", "--html", "--out", page)));
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
        Assert.Equal((0, "", ""), Said(await _silo.RunAsync(Auditor, "report", "--csv", "--out", table)));
        Assert.Contains("decisions,,alice,release-manager,OVERRIDE,1", await File.ReadAllLinesAsync(table));

        var refused = Path.Combine(_folder, "refused.csv");
        Assert.Equal(69, (await _silo.RunAsync("alice: release-manager", "report", "--csv", "--out", refused)).Status);
        Assert.Equal(73, (await _silo.RunAsync(Auditor, "report", "--out", Path.Combine(_folder, "nowhere", "report"))).Status);
        Assert.Equal(["report.csv", "report.html"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).Order());
    }

    private static (int Status, string Output, string Error) Said(Ran ran) => (ran.Status, ran.Output, ran.Error);
}
