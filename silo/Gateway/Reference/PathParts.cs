using System.Collections.Frozen;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>The parts of paths that vary. One name means the same in every path.</summary>
internal static class PathParts
{
    private static readonly FrozenDictionary<string, PathPart> Known = new PathPart[]
    {
        new("policy_version_id", Form.VersionId, "The policy version: its id and its version with an @ between.", "deploy-guard@7"),
        new("workflow_id", Form.Name, "The workflow.", "deploy"),
        new("version", Form.Name, "The version of the workflow.", "3"),
        new("instance_id", Form.Id, "The instance.", Sample.Instance),
        new("decision_id", Form.Id, "The decision.", Sample.Id("decision_id", 1)),
        new("delegation_id", Form.Id, "The delegation.", Sample.Id("delegation_id", 1)),
        new("subscription_id", Form.Id, "The subscription.", Sample.Id("subscription_id", 1)),
        new("hook_id", Form.Name, "The hook, as a workflow's trigger names it.", "shop-deploys"),
        new("queue", Form.Name, "The queue, as the workflow names it.", "payments-agents"),
        new("connection_id", Form.Name, "The connection.", "payments-api"),
        new("task_id", Form.Id, "The task.", Sample.Id("task_id", 1)),
        new("log_id", Form.Whole(1), "The number of the log, as `GET /v1/audit/logs` lists it.", "1"),
        new("level", Form.Text("a number, or entries"), "The level of the tile, or `entries` for the entries under a tile of level 0, which `gantral.admin` is shown.", "0"),
        new("index", Form.Text("a tile's path"), "The index of the tile as C2SP tlog-tiles writes it: groups of three digits as in `x001/234`, with `.p/` and its width behind one that is not full.", "000.p/1"),
    }.ToFrozenDictionary(part => part.Name);

    /// <summary>A part by its name. A route with a part that is not here cannot be served.</summary>
    public static PathPart Of(string name) =>
        Known.GetValueOrDefault(name) ?? throw new InvalidOperationException($"The part {{{name}}} of a path is not described in PathParts.");
}
