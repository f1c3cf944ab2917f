using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Lives;
using Gantral.Silo.Hosting;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Policies;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;

namespace Gantral.Silo.Tests.Policies;

/// <summary>The plug is real: a policy engine that nobody here wrote decides what instances may do.</summary>
public sealed class PluggedPolicyTests
{
    [Fact]
    public async Task Cedar_lets_pass_asks_people_and_denies()
    {
        await using var cedar = await CedarService.OpenAsync();
        using var http = new HttpPolicies(new OutgoingHosts([], isDevelopment: true), TimeProvider.System, new RecordedLog());
        using var house = await SiloHouse.OpenAsync(http: http);
        await RegisterAsync(house.Host, cedar.Url);

        Assert.Equal((ExecutionState.Running, null), await StepAsync(house.Host, """{"environment":"staging","amount":5000,"frozen":false}"""));
        Assert.Equal((ExecutionState.Running, null), await StepAsync(house.Host, """{"environment":"production","amount":5,"frozen":false}"""));
        Assert.Equal((ExecutionState.WaitingForHuman, null), await StepAsync(house.Host, """{"environment":"production","amount":5000,"frozen":false}"""));
        Assert.Equal((ExecutionState.Terminated, Reason.PolicyDenied), await StepAsync(house.Host, """{"environment":"production","amount":5000,"frozen":true}"""));
        house.MustBeValid();
    }

    [Fact]
    public async Task A_dry_run_asks_the_service_and_leaves_no_trace()
    {
        await using var service = await PolicyService.OpenAsync();
        using var http = new HttpPolicies(new OutgoingHosts([], isDevelopment: true), TimeProvider.System, new RecordedLog());
        using var house = await SiloHouse.OpenAsync(http: http);
        await RegisterAsync(house.Host, service.Url);
        var (entries, commits) = (house.Log.Entries.Count, house.Ledger.Commits);

        Assert.IsType<PolicyAnswer.Advised>(await house.Host.Policy("cedar@1").AskAsync(Asking.Question with { InstanceId = null, DryRun = true }));

        Assert.Contains("\"dry_run\":true", service.LastQuestion, StringComparison.Ordinal);
        Assert.Equal((entries, commits, 0), (house.Log.Entries.Count, house.Ledger.Commits, house.Host.ActiveInstances));
    }

    [Fact]
    public async Task A_service_on_a_host_that_is_not_allowed_is_not_registered()
    {
        using var http = new HttpPolicies(new OutgoingHosts(["policy.example"], isDevelopment: true), TimeProvider.System, new RecordedLog());
        using var house = await SiloHouse.OpenAsync(http: http);

        var refused = await house.Host.Policy("cedar@1").RegisterAsync(
            SiloHouse.Caller(), "payments", Life.Json("""{"policy_id":"cedar","version":"1","evaluator":"http","url":"http://169.254.169.254/","shape":"gantral"}"""));

        Assert.Equal(RefusalCode.InvalidBody, refused.Refusal!.Code);
        Assert.Contains(OutgoingHosts.Setting, refused.Refusal.Message, StringComparison.Ordinal);
    }

    private static async Task RegisterAsync(GrainHost host, string url)
    {
        var policy = Life.Json($$"""{"policy_id":"cedar","version":"1","evaluator":"http","url":"{{url}}","shape":"gantral","timeout":"PT10S"}""");
        var workflow = Life.Json("""{"workflow_id":"pay","version":"1","materiality":"HIGH","policy_version_id":"cedar@1","queue":"q","steps":[{"step":"pay"}]}""");
        Assert.Null((await host.Policy("cedar@1").RegisterAsync(SiloHouse.Caller(), "payments", policy)).Refusal);
        Assert.Null((await host.Workflow("pay", "1").RegisterAsync(SiloHouse.Caller(), "payments", workflow)).Refusal);
    }

    private static async Task<(ExecutionState, Reason?)> StepAsync(GrainHost host, string context)
    {
        var caller = SiloHouse.Caller();
        var instance = host.Instance(host.NewInstanceId(caller.Key));
        Assert.Null((await instance.CreateAsync(caller, new Creation("pay", "1", "payments", Life.Json("""{"environment":"staging"}""")))).Refusal);
        var reply = await instance.RequestAuthorityAsync(SiloHouse.Caller(), "pay", Life.Json(context));
        return (reply.Instance!.State, reply.Instance.Reason);
    }
}
