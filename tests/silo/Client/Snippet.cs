using System.Text.RegularExpressions;
using Gantral.Silo.Tests.Node;

namespace Gantral.Silo.Tests.Client;

/// <summary>A piece of C# that a document shows.</summary>
/// <param name="Name">Where it stands.</param>
/// <param name="Usings">What it imports: it does so for those that follow in the same documents as well.</param>
/// <param name="Code">The rest.</param>
internal sealed partial record Snippet(string Name, IReadOnlyList<string> Usings, string Code)
{
    /// <summary>What the documents leave to their reader.</summary>
    public const string Around =
        """
        using System.Text.Json.Nodes;
        using Gantral.Client;
        using Microsoft.Extensions.DependencyInjection;

        internal static partial class Shown
        {
            private static readonly GantralClient gantral = null!;
            private static readonly ITokens tokens = null!;
            private static readonly IVault vault = null!;
            private static readonly IServiceCollection services = null!;
            private static readonly CancellationToken stopping = CancellationToken.None;

            private static Task DeployAsync(JsonObject context, CancellationToken cancellation) => Task.CompletedTask;

            private static Task DeployAsync(JsonObject context, string secret, CancellationToken cancellation) => Task.CompletedTask;

            private static Task<EvidenceReference> SaveAsync(CancellationToken cancellation) => Task.FromResult(new EvidenceReference("", ""));
        }

        public interface ITokens
        {
            ValueTask<string> CurrentAsync(CancellationToken cancellation);
        }

        public interface IVault
        {
            ValueTask<string> ReadAsync(string path, CancellationToken cancellation);
        }
        """;

    /// <summary>All that some documents show, in order.</summary>
    public static IReadOnlyList<Snippet> Of(params string[] documents) =>
    [
        .. from document in documents
           from found in Fence().Matches(File.ReadAllText(Path.Combine(NodeService.Root(), document))).Index()
           let lines = found.Item.Groups[1].Value.Split('\n')
           select new Snippet(
               $"{Path.GetFileNameWithoutExtension(document)}{found.Index + 1}",
               [.. lines.Where(line => line.StartsWith("using Gantral.", StringComparison.Ordinal) || line.StartsWith("using System.", StringComparison.Ordinal) || line.StartsWith("using Microsoft.", StringComparison.Ordinal))],
               string.Join('\n', lines.Where(line => !Import().IsMatch(line)))),
    ];

    /// <summary>A file of it: types as they are, everything else within a method.</summary>
    public string Compilable(IEnumerable<Snippet> all)
    {
        var usings = string.Join('\n', all.SelectMany(one => one.Usings).Distinct());
        return Code.Contains(" class ", StringComparison.Ordinal)
            ? $"{usings}\n\n{Code}"
            : $$"""
              {{usings}}

              internal static partial class Shown
              {
                  private static async Task {{Name}}()
                  {
                      await Task.Yield();
                      {{Code}}
                  }
              }
              """;
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^using (Gantral|System|Microsoft)\.[A-Za-z.]+;")]
    private static partial Regex Import();
}
