using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Grains.Tests.Table;

/// <summary>The names that programs and auditors read; renaming a member of an enumeration breaks these first.</summary>
public sealed class NameTests
{
    [Fact]
    public void The_nine_states_have_the_names_of_the_design() => Equal<ExecutionState>(
        "CREATED RUNNING WAITING_FOR_HUMAN APPROVED REJECTED OVERRIDDEN RESUMED TERMINATED COMPLETED");

    [Fact]
    public void Execution_events_have_the_names_of_the_design() => Assert.Equal(
        Sorted("TIMEOUT ESCALATED STEP_ALLOWED OBSERVED DECISION_RECORDED SUSPENDED EVIDENCE_ATTACHED COST_RECORDED REDACTED"),
        Enum.GetValues<EventType>().Where(StateMachine.IsExecutionEvent).Select(WireName.Of).Order(StringComparer.Ordinal));

    [Fact]
    public void Reasons_have_the_names_of_the_design() => Equal<Reason>(
        "REJECTED POLICY_DENIED POLICY_UNAVAILABLE CONFLICTING_POLICY TIMEOUT APPROVAL_EXPIRED AGENT_FAILED RUNNER_LOST CANCELLED EVIDENCE_FAILURE");

    [Fact]
    public void Policy_answers_with_the_words_of_the_design() => Equal<PolicyDecision>("ALLOW REQUIRE_HUMAN DENY");

    [Fact]
    public void Timeouts_modes_decisions_and_materialities_have_the_names_of_the_design()
    {
        Equal<OnTimeout>("FAIL_CLOSED ESCALATE");
        Equal<Mode>("ENFORCE OBSERVE");
        Equal<DecisionType>("APPROVE REJECT OVERRIDE");
        Equal<Materiality>("LOW MEDIUM HIGH CRITICAL");
    }

    [Fact]
    public void Kinds_of_actors_are_written_in_lower_case() => Equal<ActorKind>("human workload system");

    [Theory]
    [InlineData("unauthenticated", 401)]
    [InlineData("forbidden", 403)]
    [InlineData("not_eligible", 403)]
    [InlineData("not_human", 403)]
    [InlineData("not_found", 404)]
    [InlineData("invalid_transition", 409)]
    [InlineData("stale_context", 409)]
    [InlineData("idempotency_conflict", 409)]
    [InlineData("version_exists", 409)]
    [InlineData("lease_lost", 409)]
    [InlineData("too_large", 413)]
    [InlineData("invalid_body", 400)]
    [InlineData("justification_required", 422)]
    [InlineData("context_delta_required", 422)]
    [InlineData("unknown_step", 422)]
    [InlineData("rate_limited", 429)]
    [InlineData("overloaded", 503)]
    [InlineData("policy_unavailable", 503)]
    [InlineData("evidence_failure", 503)]
    [InlineData("storage_unavailable", 503)]
    public void A_refusal_code_has_its_status(string code, int status)
    {
        Assert.True(WireName.TryParse<RefusalCode>(code, out var known));
        Assert.Equal(status, new Refusal(known, "because").HttpStatus);
    }

    [Fact]
    public void There_are_no_other_refusal_codes() => Assert.Equal(20, WireName.All<RefusalCode>().Distinct().Count());

    private static void Equal<T>(string names) where T : struct, Enum =>
        Assert.Equal(Sorted(names), WireName.All<T>().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Sorted(string names) => names.Split(' ').Order(StringComparer.Ordinal);
}
