using Gantral.Silo.Tests.Node;

namespace Gantral.Silo.Tests.Policies;

/// <summary>Cedar behind a small server in Node.js, out of tests/silo/Policies/cedar.</summary>
internal sealed class CedarService : IAsyncDisposable
{
    private readonly NodeService _node;

    private CedarService(NodeService node) => _node = node;

    public string Url => $"http://127.0.0.1:{_node.Port}/";

    public static async Task<CedarService> OpenAsync() => new(await NodeService.OpenAsync("Policies/cedar", "@cedar-policy"));

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
