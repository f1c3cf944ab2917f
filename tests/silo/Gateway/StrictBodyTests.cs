using System.Net.Http.Headers;
using System.Text;

namespace Gantral.Silo.Tests.Gateway;

/// <summary>Whatever is sent, the answer is a typed refusal that says where and what to do; never a 500, and no grain is asked.</summary>
public sealed class StrictBodyTests : IAsyncLifetime
{
    private const string Good = """{"workflow_id":"deploy","workflow_version":"3"}""";
    private ServedApi _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ServedApi.StartAsync();
        _api.Grains.Instances[Samples.Id] = Samples.Running();
    }

    public async Task DisposeAsync()
    {
        Assert.False(_api.Log.Says(1300), "Something failed unexpectedly.");
        await _api.DisposeAsync();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    [InlineData("{} {}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":01}")]
    [InlineData("// comment\n{}")]
    [InlineData("\uFEFF{}")]
    [InlineData("{\"trigger_context\":{\"a\":1,\"a\":2}}")]
    [InlineData("{\"trigger_context\":{\"a\":1,\"\\u0061\":2}}")]
    [InlineData("{\"trigger_context\":{\"a\":\"\\ud800\"}}")]
    [InlineData("{\"trigger_context\":{\"a\":9007199254740993}}")]
    [InlineData("{\"trigger_context\":{\"a\":1e400}}")]
    public async Task A_body_that_two_readers_could_read_differently_is_refused(string body) =>
        (await _api.PostAsync("/v1/instances", body)).IsProblem(400, "invalid_body");

    [Theory]
    [InlineData("workflow_id", "7")]
    [InlineData("workflow_id", "\"\"")]
    [InlineData("workflow_id", "\"  \"")]
    [InlineData("workflow_id", "\"a\\u0000\"")]
    [InlineData("workflow_id", "{}")]
    [InlineData("workflow_id", "null")]
    [InlineData("workflow_version", "3")]
    [InlineData("workflow_version", "[\"3\"]")]
    [InlineData("trigger_context", "[]")]
    [InlineData("trigger_context", "\"text\"")]
    [InlineData("start", "\"true\"")]
    [InlineData("start", "1")]
    [InlineData("owning_team_id", "1")]
    [InlineData("unheard_of", "1")]
    [InlineData("Start", "false")]
    [InlineData("a/b~c", "1")]
    public async Task A_field_of_the_wrong_type_or_name_is_refused_by_its_path(string field, string value)
    {
        var fields = new Dictionary<string, string> { ["workflow_id"] = "\"deploy\"", ["workflow_version"] = "\"3\"", [field] = value };
        var body = $"{{{string.Join(",", fields.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";

        var answered = (await _api.PostAsync("/v1/instances", body)).IsProblem(400, "invalid_body");

        Assert.Contains($"/{field.Replace("~", "~0", StringComparison.Ordinal).Replace("a/", "a~1", StringComparison.Ordinal)}", answered.Detail, StringComparison.Ordinal);
        Assert.Empty(_api.Grains.Asked);
    }

    [Theory]
    [InlineData("/v1/policies", """{"version":"7"}""", "/policy_id")]
    [InlineData("/v1/policies", """{"policy_id":"a@b","version":"7"}""", "/policy_id")]
    [InlineData("/v1/policies", """{"policy_id":"a"}""", "/version")]
    [InlineData("/v1/workflows", """{"workflow_id":"a","version":7}""", "/version")]
    [InlineData("/v1/instances", """{"workflow_version":"3"}""", "/workflow_id")]
    [InlineData("/v1/instances/01980000-0000-7000-8000-000000000001/authority", "{}", "/step")]
    [InlineData("/v1/instances/01980000-0000-7000-8000-000000000001/authority", """{"step":"a","execution_context":[]}""", "/execution_context")]
    [InlineData("/v1/instances/01980000-0000-7000-8000-000000000001/start", """{"a":1}""", "/a")]
    [InlineData("/v1/instances/01980000-0000-7000-8000-000000000001/cancel", """{"justification":7}""", "/justification")]
    [InlineData("/v1/decisions", "{}", "/instance_id")]
    [InlineData("/v1/decisions", """{"instance_id":"x"}""", "/instance_id")]
    [InlineData("/v1/decisions", """{"instance_id":"01980000-0000-7000-8000-000000000001","decision_type":"approve"}""", "/decision_type")]
    [InlineData("/v1/decisions", """{"instance_id":"01980000-0000-7000-8000-000000000001","decision_type":"APPROVE"}""", "/role")]
    [InlineData("/v1/decisions", """{"instance_id":"01980000-0000-7000-8000-000000000001","decision_type":"APPROVE","role":"r","context_snapshot_hash":"00"}""", "/context_snapshot_hash")]
    public async Task Every_body_says_what_is_missing_or_wrong(string path, string body, string where) =>
        Assert.Contains(where, (await _api.PostAsync(path, body)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task A_body_that_is_not_declared_as_JSON_is_refused(string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        (await SendAsync(content)).IsProblem(400, "invalid_body");
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_refused() => (await SendAsync(Json([(byte)'{', (byte)'"', 0xc0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}']))).IsProblem(400, "invalid_body");

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        var content = Json(Encoding.UTF8.GetBytes(Good));
        content.Headers.ContentEncoding.Add("gzip");

        (await SendAsync(content)).IsProblem(400, "invalid_body");
    }

    [Fact]
    public async Task A_body_that_nests_too_deep_is_refused() =>
        (await _api.PostAsync("/v1/instances", $$"""{"trigger_context":{{string.Concat(Enumerable.Repeat("{\"a\":", 40))}}1{{new string('}', 41)}}""")).IsProblem(400, "invalid_body");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused_whether_it_says_its_length_or_not(bool saysLength)
    {
        var bytes = Encoding.UTF8.GetBytes($$$"""{"trigger_context":{"a":"{{{new string('x', 300 * 1024)}}}"}}""");
        var request = ServedApi.Request("POST", "/v1/instances", _api.Token(["gantral.admin"]), Json(bytes));
        request.Headers.TransferEncodingChunked = !saysLength;
        // Otherwise a server that stops listening early would cut the sending short.
        request.Headers.ExpectContinue = saysLength;

        (await _api.SendAsync(request)).IsProblem(413, "too_large");
        Assert.Empty(_api.Grains.Asked);
    }

    [Fact]
    public async Task A_body_right_at_the_limit_is_taken()
    {
        var start = $"{Good[..^1]},\"trigger_context\":{{\"a\":\"";
        var body = $"{start}{new string('x', 256 * 1024 - start.Length - 3)}\"}}}}";

        Assert.Equal(256 * 1024, body.Length);
        Assert.Equal(201, (await _api.PostAsync("/v1/instances", body)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("256")]
    public async Task A_key_that_is_none_is_refused(string key) =>
        Assert.Contains("Idempotency-Key", (await _api.PostAsync("/v1/instances", Good, key: key == "256" ? new string('k', 256) : key)).IsProblem(400, "invalid_body").Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("/v1/instances?limit=0")]
    [InlineData("/v1/instances?limit=201")]
    [InlineData("/v1/instances?limit=x")]
    [InlineData("/v1/instances?limit=1&limit=2")]
    [InlineData("/v1/instances?cursor=!!")]
    [InlineData("/v1/instances?cursor=AAAA")]
    [InlineData("/v1/instances?cursor=AB")]
    [InlineData("/v1/instances?state=running")]
    [InlineData("/v1/instances?workflow_id=%00")]
    [InlineData("/v1/instances?status=RUNNING")]
    [InlineData("/v1/decisions/pending?cursor=LzE")]
    [InlineData("/v1/decisions/pending?state=RUNNING")]
    [InlineData("/v1/instances/01980000-0000-7000-8000-000000000001/history?cursor=AAAA")]
    public async Task A_query_that_is_not_understood_is_refused(string path)
    {
        (await _api.GetAsync(path)).IsProblem(400, "invalid_body");
        Assert.Empty(_api.Read);
    }

    [Theory]
    [InlineData("/v1/instances/x")]
    [InlineData("/v1/instances/01980000-0000-7000-8000-00000000000")]
    [InlineData("/v1/instances/%ff%fe")]
    [InlineData("/v1/policies/%7f")]
    [InlineData("/v1/policies/a@b@c")]
    [InlineData("/v1/policies/plain")]
    [InlineData("/v1/workflows/%01/versions/1")]
    [InlineData("/v1/workflows/deploy/versions/%0a")]
    public async Task A_path_that_can_name_nothing_names_nothing(string path) => (await _api.GetAsync(path)).IsProblem(404, "not_found");

    private static ByteArrayContent Json(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private Task<Answered> SendAsync(HttpContent content) => _api.SendAsync(ServedApi.Request("POST", "/v1/instances", _api.Token(["gantral.admin"]), content));
}
