using System.Text.Json;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Policies;
using Microsoft.AspNetCore.Http;

namespace Gantral.Silo.Tests.Policies;

/// <summary>A service that answers well, in both shapes, and one that does not.</summary>
public sealed class AnswerTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task A_service_is_asked_the_question_and_its_answer_is_taken()
    {
        await using var service = await PolicyService.OpenAsync(context => PolicyService.Json(context, """{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["cfo"],"timeout":"PT5M"}"""));
        using var asking = new Asking();

        var answer = Assert.IsType<PolicyAnswer.Advised>(await asking.AskAsync(service.Url));

        Assert.Equal((PolicyDecision.RequireHuman, "cfo", TimeSpan.FromMinutes(5)), (answer.Advice.Decision, Assert.Single(answer.Advice.EligibleApproverRoles), answer.Advice.Timeout));
        var question = JsonDocument.Parse(service.LastQuestion).RootElement;
        Assert.Equal(
            ["actor_id", "current_state", "dry_run", "execution_context", "instance_id", "materiality", "policy_version_id", "roles", "step", "workflow_id", "workflow_version"],
            question.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("RUNNING", "HIGH", "production"),
            (question.GetProperty("current_state").GetString(), question.GetProperty("materiality").GetString(), question.GetProperty("execution_context").GetProperty("environment").GetString()));
    }

    [Fact]
    public async Task The_data_api_of_open_policy_agent_is_asked_and_read_as_it_is()
    {
        await using var service = await PolicyService.OpenAsync(context => PolicyService.Json(context, """{"decision_id":"4ca636c1","metrics":{"timer_server_handler_ns":1},"result":{"decision":"ALLOW"}}"""));
        using var asking = new Asking();

        Assert.IsType<PolicyAnswer.Advised>(await asking.AskAsync(service.Url, HttpShape.Opa));
        Assert.Equal("input", Assert.Single(JsonDocument.Parse(service.LastQuestion).RootElement.EnumerateObject()).Name);
    }

    [Fact]
    public async Task An_undefined_decision_of_open_policy_agent_is_no_answer()
    {
        await using var service = await PolicyService.OpenAsync(context => PolicyService.Json(context, """{"decision_id":"4ca636c1"}"""));
        using var asking = new Asking();

        Assert.IsType<PolicyAnswer.Unavailable>(await asking.AskAsync(service.Url, HttpShape.Opa));
    }

    [Theory]
    [InlineData("""{"decision":"APPROVED"}""", "NotUnderstood")]
    [InlineData("""{"decision":"ALLOW","reason":"trust me"}""", "NotUnderstood")]
    [InlineData("""{"decision":"DENY","decision":"ALLOW"}""", "NotUnderstood")]
    [InlineData("", "NotUnderstood")]
    [InlineData("ALLOW", "NotUnderstood")]
    public async Task What_is_no_answer_is_never_taken_for_one(string body, string reason)
    {
        await using var service = await PolicyService.OpenAsync(context => PolicyService.Json(context, body));
        await NoAnswerAsync(service, reason);
    }

    [Fact]
    public async Task A_service_that_hangs_is_left()
    {
        await using var service = await PolicyService.OpenAsync(PolicyService.Hang);
        await NoAnswerAsync(service, "TooSlow", Short);
    }

    [Fact]
    public async Task A_service_that_drips_its_answer_is_left_when_its_time_is_over()
    {
        await using var service = await PolicyService.OpenAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"decision":""", context.RequestAborted);
            using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await drip.WaitForNextTickAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(" ", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        });
        await NoAnswerAsync(service, "TooSlow", Short);
    }

    [Fact]
    public async Task A_service_that_resets_the_connection_gave_no_answer()
    {
        await using var service = await PolicyService.OpenAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await NoAnswerAsync(service, "Unreachable");
    }

    [Fact]
    public async Task A_service_that_resets_within_its_answer_gave_no_answer()
    {
        await using var service = await PolicyService.OpenAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await PolicyService.Json(context, """{"decision":"ALLOW"}""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await NoAnswerAsync(service, "Unreachable");
    }

    [Fact]
    public async Task A_service_that_is_not_there_gave_no_answer()
    {
        var service = await PolicyService.OpenAsync();
        var url = service.Url;
        await service.DisposeAsync();
        using var asking = new Asking();

        Assert.IsType<PolicyAnswer.Unavailable>(await asking.AskAsync(url));
    }

    [Theory]
    [InlineData(500, "Failing")]
    [InlineData(503, "Failing")]
    [InlineData(429, "Failing")]
    [InlineData(404, "OtherStatus")]
    [InlineData(201, "OtherStatus")]
    [InlineData(204, "OtherStatus")]
    public async Task Another_status_than_200_is_no_answer_whatever_it_says(int status, string reason)
    {
        await using var service = await PolicyService.OpenAsync(context =>
        {
            context.Response.StatusCode = status;
            return status == 204 ? Task.CompletedTask : PolicyService.Json(context, """{"decision":"ALLOW"}""");
        });
        await NoAnswerAsync(service, reason);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await PolicyService.OpenAsync();
        await using var service = await PolicyService.OpenAsync(context =>
        {
            context.Response.Redirect(elsewhere.Url, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        await NoAnswerAsync(service, "OtherStatus");
        Assert.Equal(0, elsewhere.Asked);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/json")]
    [InlineData(null)]
    public async Task Another_content_type_than_json_is_no_answer(string? type)
    {
        await using var service = await PolicyService.OpenAsync(context =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync("""{"decision":"ALLOW"}""");
        });
        await NoAnswerAsync(service, "OtherContentType");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ten_megabytes_are_not_read(bool saysHowMany)
    {
        await using var service = await PolicyService.OpenAsync(async context =>
        {
            var sent = 0;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = saysHowMany ? 10 << 20 : null;
            var block = new byte[1 << 16];
            Array.Fill(block, (byte)' ');
            while (sent < 10 << 20)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
                sent += block.Length;
            }
        });
        await NoAnswerAsync(service, "TooLarge");
    }

    private static async Task NoAnswerAsync(PolicyService service, string reason, TimeSpan? timeout = null)
    {
        foreach (var shape in Enum.GetValues<HttpShape>())
        {
            using var asking = new Asking();
            Assert.IsType<PolicyAnswer.Unavailable>(await asking.AskAsync(service.Url, shape, timeout));
            Assert.Contains(reason, Assert.Single(asking.Log.Lines), StringComparison.Ordinal);
        }
    }
}
