using Gantral.Silo.Tests.AuthorityApi;
using Gantral.Silo.Tests.Ledger;

namespace Gantral.Silo.Tests.Commands;

/// <summary><c>gantral apply</c>: what files define is registered once, and never changes.</summary>
public sealed class ApplyCommandTests(LedgerServer server) : IClassFixture<LedgerServer>, IAsyncLifetime, IDisposable
{
    private const string Author = "ann: gantral.author gantral.policy_author";

    private readonly string _folder = Directory.CreateTempSubdirectory("gantral-apply-").FullName;
    private ServedSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await ServedSilo.StartAsync(server.Database);

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_folder_is_registered_in_an_order_that_works_and_the_second_time_unchanged()
    {
        // The names of the files go against the order that is needed.
        Write("1.json", $$$"""[{{{_silo.WorkflowOf($"{_silo.Name}-both@1").TrimEnd('}')}}},"connections":["{{{_silo.Name}}}-api@1"]}]""");
        Write("2.json", $$$"""{"policy_id":"{{{_silo.Name}}}-both","version":"1","evaluator":"all","members":["{{{_silo.Name}}}-guard@1"]}""");
        Write("3.json", Guard("ALLOW"));
        Write("4.json", $$$"""{"connection_id":"{{{_silo.Name}}}-api","version":"1","reference":"vault://kv/payments#token"}""");

        var dry = await _silo.RunAsync(Author, "apply", "-f", _folder, "--dry-run");
        Assert.Equal((0, 4), (dry.Status, dry.Output.Split("would register").Length - 1));
        Assert.Equal(404, (await _silo.GetAsync(Author, $"/v1/policies/{_silo.Name}-guard@1")).Status);
        var made = await _silo.RunAsync(Author, "apply", "-f", _folder, "--json");
        Assert.Equal((0, ""), (made.Status, made.Error));
        Assert.Equal(["policy", "policy", "connection", "workflow"], made.Json["definitions"]!.AsArray().Select(one => (string)one!["kind"]!));
        Assert.All(made.Json["definitions"]!.AsArray(), one => Assert.Equal("registered", (string?)one!["result"]));
        var again = await _silo.RunAsync(Author, "apply", "-f", _folder);
        Assert.Equal((0, 4), (again.Status, again.Output.Split("unchanged").Length - 1));

        Write("3.json", Guard("DENY"));
        Write("5.json", Guard("ALLOW").Replace("-guard", "-other", StringComparison.Ordinal));
        var other = await _silo.RunAsync(Author, "apply", "-f", _folder);
        Assert.Equal((4, ""), (other.Status, other.Output));
        Assert.Contains("""default.decision is "ALLOW" in it and "DENY" here""", other.Error, StringComparison.Ordinal);
        Assert.Equal(404, (await _silo.GetAsync(Author, $"/v1/policies/{_silo.Name}-other@1")).Status);
    }

    [Theory]
    [InlineData("""{"policy_id":"p","version":"1","policy_id":"q"}""", 3)]
    [InlineData("""[1]""", 3)]
    [InlineData("""{"policy_id":"p","version":"1","evaluator":"rules","rules":[],"defualt":{"decision":"ALLOW"}}""", 69)]
    public async Task What_is_no_definition_is_refused_with_its_file(string text, int status)
    {
        var refused = await _silo.RunAsync(Author, "apply", "-f", Write("wrong.json", text));

        Assert.Equal((status, ""), (refused.Status, refused.Output));
        Assert.Contains("wrong.json", refused.Error, StringComparison.Ordinal);
    }

    private string Guard(string otherwise) => $$$"""{"policy_id":"{{{_silo.Name}}}-guard","version":"1","evaluator":"rules","rules":[],"default":{"decision":"{{{otherwise}}}"}}""";

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
