using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Policy;
using Gantral.Grains.Policies;
using Gantral.Lives;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Policies;
using Gantral.Silo.Tests.Embedded;

namespace Gantral.Silo.Tests.Policies;

/// <summary>The ways out of one silo in development, and a question to ask.</summary>
internal sealed class Asking : IDisposable
{
    public Asking(OutgoingHosts? hosts = null) => Http = new HttpPolicies(hosts ?? new OutgoingHosts([], isDevelopment: true), Time, Log);

    public SteppedTime Time { get; } = new();

    public RecordedLog Log { get; } = new();

    public HttpPolicies Http { get; }

    public static PolicyQuestion Question { get; } = new()
    {
        InstanceId = Guid.Parse("018f0000-0000-7001-8000-000000000001"),
        WorkflowId = "deploy",
        WorkflowVersion = "3",
        Materiality = Materiality.High,
        CurrentState = ExecutionState.Running,
        ActorId = "agent-7",
        Roles = ["gantral.operator"],
        Step = "deploy",
        ExecutionContext = Life.Json("""{"environment":"production"}"""),
        PolicyVersionId = "risk@1",
    };

    /// <summary>Asks a service; enough time for a busy machine unless it is the time that is tested.</summary>
    public async Task<PolicyAnswer> AskAsync(string url, HttpShape shape = HttpShape.Gantral, TimeSpan? timeout = null) =>
        await Http.Of("risk@1", new HttpPolicy(new Uri(url), shape, timeout ?? TimeSpan.FromSeconds(10))).EvaluateAsync(Question);

    public void Dispose() => Http.Dispose();
}
