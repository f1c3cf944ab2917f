using Gantral.Abstractions.Evidence;
using Gantral.Lives;

namespace Gantral.Grains.Tests.Definitions;

/// <summary>Definitions with one part replaced.</summary>
internal static class Definitions
{
    public static CanonicalBytes Policy(
        string rules = "[]", string rest = "", string evaluator = "rules", string id = "p", string version = "1") =>
        Life.Json($$"""{"policy_id":"{{id}}","version":"{{version}}","evaluator":"{{evaluator}}","rules":{{rules}}{{rest}}}""");

    public static CanonicalBytes PolicyWhen(string when, string then = "\"decision\":\"DENY\"") =>
        Policy($$"""[{"when":{{when}},{{then}}}]""", ",\"default\":{\"decision\":\"ALLOW\"}");

    public static CanonicalBytes Workflow(string steps = "[{\"step\":\"deploy\"}]", string rest = "", string policy = "p@1", string id = "w", string version = "1") =>
        Life.Json($$"""{"workflow_id":"{{id}}","version":"{{version}}","materiality":"HIGH","policy_version_id":"{{policy}}","queue":"q","steps":{{steps}}{{rest}}}""");
}
