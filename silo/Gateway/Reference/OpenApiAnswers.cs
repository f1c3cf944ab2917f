using System.Globalization;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Gateway.Reference;

/// <summary>Writes what an operation answers as OpenAPI has it: what it is for, then what it may refuse, by status.</summary>
internal static class OpenApiAnswers
{
    private const string InternalErrorMeaning = "Something went wrong here that should not have. The same request with the same Idempotency-Key tells whether anything was changed.";

    public static JsonObject Of(Operation operation)
    {
        var answers = new JsonObject();
        foreach (var answer in operation.Described.Answers)
        {
            answers[Status(answer.Status)] = Of(operation, answer);
        }

        foreach (var codes in operation.Refusals)
        {
            answers[Status(codes.Key)] = Refused(codes.Key, [.. codes.Select(code => (WireName.Of(code), Meanings.Of(code)))]);
        }

        if (operation.Access is not null)
        {
            answers["500"] = Refused(500, [(ProblemShape.InternalError, InternalErrorMeaning)]);
        }

        return answers;
    }

    /// <summary>The headers of answers.</summary>
    public static JsonObject Headers() => new()
    {
        ["Location"] = Header("Where the thing is that was made.", "uri-reference", "/v1/instances/" + Sample.Instance),
        ["WWW-Authenticate"] = Header("That a bearer token is wanted.", null, "Bearer error=\"invalid_token\""),
        ["Retry-After"] = Header("In how many seconds to try again.", null, "1"),
        ["ETag"] = Header("Names these very bytes; send it back in If-None-Match.", null, "\"0af7651916cd43dd8448eb211c80319c\""),
        ["Content-Disposition"] = Header("Under what name to keep it.", null, "attachment; filename=\"log-1.jsonl\""),
    };

    /// <summary>The example of an error that is no refusal.</summary>
    public static JsonObject InternalError() => new()
    {
        ["summary"] = InternalErrorMeaning,
        ["value"] = ProblemShape.Sample(500, ProblemShape.InternalError, "Internal error", InternalErrorMeaning),
    };

    private static JsonObject Of(Operation operation, DescribedAnswer answer)
    {
        var json = new JsonObject { ["description"] = answer.Text };
        string[] headers =
        [
            .. answer.HasLocation ? ["Location"] : Array.Empty<string>(),
            .. answer.IsFile ? ["Content-Disposition"] : Array.Empty<string>(),
            .. answer.Bodies.IsEmpty || operation.Path == OpenPages.Document.Path ? ["ETag"] : Array.Empty<string>(),
        ];
        if (headers.Length > 0)
        {
            json["headers"] = References(headers);
        }

        if (answer.Bodies.Length > 0)
        {
            var isFirst = answer == operation.Described.Answers[0];
            json["content"] = new JsonObject(answer.Bodies.Select((body, place) => KeyValuePair.Create(body.Media, (JsonNode?)OpenApiDocument.Content(
                body.Form,
                !isFirst ? [] : operation.Described.Examples
                    .Where(example => example.Accept is { } wanted ? body.Media.StartsWith(wanted, StringComparison.Ordinal) : place == 0)
                    .Select(example => (example, RecordedAnswer.Of(operation.Described, example)))))));
        }

        return json;
    }

    private static JsonObject Refused(int status, (string Code, string Meaning)[] codes)
    {
        var json = new JsonObject
        {
            ["description"] = string.Join("\n", codes.Select(code => codes.Length == 1 ? $"`{code.Code}`: {code.Meaning}" : $"- `{code.Code}`: {code.Meaning}")),
            ["content"] = new JsonObject
            {
                ["application/problem+json"] = new JsonObject
                {
                    ["schema"] = ProblemShape.With(codes.Select(code => code.Code)),
                    ["examples"] = new JsonObject(codes.Select(code => KeyValuePair.Create(code.Code, (JsonNode?)new JsonObject { ["$ref"] = $"#/components/examples/{code.Code}" }))),
                },
            },
        };
        if (status is 401 or 429 or 503)
        {
            json["headers"] = References(status == 401 ? "WWW-Authenticate" : "Retry-After");
        }

        return json;
    }

    private static JsonObject References(params string[] headers) =>
        new(headers.Select(header => KeyValuePair.Create(header, (JsonNode?)new JsonObject { ["$ref"] = $"#/components/headers/{header}" })));

    private static JsonObject Header(string text, string? format, string example)
    {
        var form = new JsonObject { ["type"] = "string" };
        if (format is not null)
        {
            form["format"] = format;
        }

        return new JsonObject { ["description"] = text, ["schema"] = form, ["example"] = example };
    }

    private static string Status(int status) => status.ToString(CultureInfo.InvariantCulture);
}
