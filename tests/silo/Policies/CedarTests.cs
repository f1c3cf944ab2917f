using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Lives;
using Gantral.Silo.Hosting;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Policies;
using Gantral.Silo.Tests.Embedded;
using Gantral.Silo.Tests.Hosting;

namespace Gantral.Silo.Tests.Policies;

/// <summary>The plug is real: a policy engine that nobody here wrote decides what instances may do.</summary>
public sealed class CedarTests
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
