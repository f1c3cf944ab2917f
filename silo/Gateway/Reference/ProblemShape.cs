using System.Text.Json.Nodes;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>Errors as RFC 9457 has them.</summary>
internal static class ProblemShape
{
    /// <summary>The code of an error that is no refusal of the domain.</summary>
    public const string InternalError = "internal_error";

    public static Shape Problem { get; } = new("Problem", "An error, as RFC 9457 has it. Programs act on `code`, people read `detail`.",
        new Field("type", Form.Text("URN"), "`urn:gantral:problem:` and the code."),
        new Field("title", Form.Text(), "The kind of problem, the same each time."),
        new Field("status", Form.Whole(400, 599), "The HTTP status."),
        new Field("detail", Form.Text(), "What happened, why, and what to do."),
        new Field("code", Form.OneOf([.. WireName.All<RefusalCode>(), "method_not_allowed", InternalError]), "The stable code."),
        new Field("trace_id", Form.Text(), "By what the request is found again in the log."));

    /// <summary>What an answer with one of these codes looks like.</summary>
    public static JsonObject With(IEnumerable<string> codes) => new()
    {
        ["allOf"] = new JsonArray(
            Problem.Form.ToJson(),
            new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["code"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. codes.Select(code => JsonValue.Create(code))]) } },
            }),
    };

    /// <summary>An example of one.</summary>
    public static JsonObject Sample(int status, string code, string title, string detail) => new()
    {
        ["type"] = Answers.Problem.TypeOf(code),
        ["title"] = title,
        ["status"] = status,
        ["detail"] = detail,
        ["code"] = code,
        ["trace_id"] = "0af7651916cd43dd8448eb211c80319c",
    };

    /// <summary>An example of a refusal.</summary>
    public static JsonObject Sample(RefusalCode code) =>
        Sample(new Refusal(code, "").HttpStatus, WireName.Of(code), Answers.Problem.TitleOf(code), Meanings.Of(code));
}
