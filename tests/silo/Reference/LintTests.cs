using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Node;

namespace Gantral.Silo.Tests.Reference;

/// <summary>The document passes a linter that nobody here wrote, with its recommended rules and without a warning.</summary>
public sealed class LintTests
{
    [Fact]
    public async Task The_document_passes_every_recommended_rule_without_a_warning()
    {
        await using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Path);
        var document = Path.Combine(folder.Path, "openapi.json");
        await File.WriteAllTextAsync(document, ServedDocument.Json.ToJsonString());

        var (status, said) = await NodeService.RunAsync("Reference/lint", "@redocly/cli", "@redocly/cli/bin/cli.js", "lint", document, "--config", "redocly.yaml", "--max-problems", "200");

        // The rules are strict: a warning is an error.
        Assert.True(status == 0, said);
        Assert.Contains("Your API description is valid", said, StringComparison.Ordinal);
    }
}
