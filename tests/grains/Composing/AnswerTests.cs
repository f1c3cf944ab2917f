using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Policies;
using Gantral.Grains.Tests.Definitions;

namespace Gantral.Grains.Tests.Composing;

/// <summary>What a service answers, read strictly, and what it is asked.</summary>
public sealed class AnswerTests
{
    [Fact]
    public void An_answer_is_read_as_a_rule_is()
    {
        var advice = Advice(HttpShape.Gantral, """
            {"timeout":"PT5M","decision":"REQUIRE_HUMAN","eligible_approver_roles":["a","b"],"escalation_roles":["c"],"on_timeout":"ESCALATE","approvals_required":2,"distinct_roles":true,"execute_within":"PT1M"}
            """);

        Assert.Equal((PolicyDecision.RequireHuman, TimeSpan.FromMinutes(5), OnTimeout.Escalate, 2, true, TimeSpan.FromMinutes(1)),
            (advice.Decision, advice.Timeout, advice.OnTimeout, advice.ApprovalsRequired, advice.DistinctRoles, advice.ExecuteWithin));
        Assert.Equal("a b c", string.Join(' ', advice.EligibleApproverRoles.Concat(advice.EscalationRoles)));
    }

    [Fact]
    public void The_data_api_may_say_more_about_its_answer_but_not_within_it()
    {
        Assert.Equal(PolicyDecision.Allow, Advice(HttpShape.Opa, """{"decision_id":"1","metrics":{"timer":1},"result":{"decision":"ALLOW"},"provenance":{}}""").Decision);
        Assert.IsType<PolicyAnswer.Unavailable>(Read(HttpShape.Opa, """{"result":{"decision":"ALLOW","decision_id":"1"}}"""));
        Assert.IsType<PolicyAnswer.Unavailable>(Read(HttpShape.Gantral, """{"decision_id":"1","decision":"ALLOW"}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"ALLOW\"")]
    [InlineData("""{"decision":"APPROVED"}""")]
    [InlineData("""{"decision":"allow"}""")]
    [InlineData("""{"decision":null}""")]
    [InlineData("""{"decision":["ALLOW"]}""")]
    [InlineData("""{"decision":true}""")]
    [InlineData("""{"decision":"DENY","decision":"ALLOW"}""")]
    [InlineData("""{"decision":"ALLOW","\u0064ecision":"DENY"}""")]
    [InlineData("""{"decision":"ALLOW","comment":"fine"}""")]
    [InlineData("""{"decision":"ALLOW","eligible_approver_roles":["a"]}""")]
    [InlineData("""{"decision":"ALLOW"} {"decision":"ALLOW"}""")]
    [InlineData("""{"decision":"ALLOW"}x""")]
    [InlineData("""{"Decision":"ALLOW"}""")]
    [InlineData("""{"result":{"decision":"ALLOW"}}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN"}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":"a"}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a","a"]}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":[1]}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a"],"timeout":"PT0S"}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a"],"timeout":"-PT5M"}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a"],"timeout":300}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a"],"execute_within":"P9999Y"}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a"],"approvals_required":0}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a"],"approvals_required":1.5}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a"],"on_timeout":"APPROVE"}""")]
    public void What_cannot_be_understood_is_no_answer(string body)
    {
        Assert.IsType<PolicyAnswer.Unavailable>(Read(HttpShape.Gantral, body));
        Assert.IsType<PolicyAnswer.Unavailable>(Read(HttpShape.Opa, $$"""{"result":{{body}}}"""));
    }

    [Theory]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":[]}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a"],"approvals_required":2,"distinct_roles":true}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a"],"on_timeout":"ESCALATE","escalation_roles":["b"]}""")]
    [InlineData("""{"decision":"REQUIRE_HUMAN","eligible_approver_roles":["a"],"on_timeout":"ESCALATE","timeout":"PT5M"}""")]
    public void What_can_be_understood_and_never_be_met_is_a_contradiction(string body) =>
        Assert.IsType<PolicyAnswer.Conflicting>(Read(HttpShape.Gantral, body));

    [Fact]
    public void No_cut_of_an_answer_is_an_answer()
    {
        const string whole = """{"decision":"ALLOW"}""";
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.IsType<PolicyAnswer.Unavailable>(Read(HttpShape.Gantral, whole[..length]));
        }
    }

    [Fact]
    public void A_question_names_what_it_is_about_and_leaves_out_what_there_is_none_of()
    {
        var question = RulesTests.Question("""{"amount":1}""") with { InstanceId = Guid.Parse("00000000-0000-0000-0000-000000000001"), Step = null, DryRun = true };
        var written = QuestionWriter.Write(HttpShape.Gantral, question).ToString();

        Assert.Contains("\"dry_run\":true,\"execution_context\":{\"amount\":1},\"instance_id\":\"00000000-0000-0000-0000-000000000001\"", written, StringComparison.Ordinal);
        Assert.DoesNotContain("step", written, StringComparison.Ordinal);
        Assert.Equal($$"""{"input":{{written}}}""", QuestionWriter.Write(HttpShape.Opa, question).ToString());
    }

    private static PolicyAnswer Read(HttpShape shape, string body) => AnswerReader.Read(shape, Encoding.UTF8.GetBytes(body));

    private static PolicyAdvice Advice(HttpShape shape, string body) => Assert.IsType<PolicyAnswer.Advised>(Read(shape, body)).Advice;
}
