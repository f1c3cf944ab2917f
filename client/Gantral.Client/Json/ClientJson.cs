using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Policy;
using Gantral.Client.Connection;

namespace Gantral.Client.Json;

/// <summary>How bodies are written and read. What an answer has beyond what is known here is passed over: servers may be newer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(DurationConverter),
        typeof(TimeConverter),
        typeof(WordConverter<ActorKind>),
        typeof(WordConverter<DecisionType>),
        typeof(WordConverter<EventType>),
        typeof(WordConverter<ExecutionState>),
        typeof(WordConverter<Materiality>),
        typeof(WordConverter<Mode>),
        typeof(WordConverter<OnTimeout>),
        typeof(WordConverter<PolicyDecision>),
        typeof(WordConverter<PolicyFailure>),
        typeof(WordConverter<QueueState>),
        typeof(WordConverter<Reason>),
        typeof(WordConverter<SubscriptionFormat>),
        typeof(WordConverter<WorkKind>),
    ])]
[JsonSerializable(typeof(AuthorityQuestion))]
[JsonSerializable(typeof(Cancellation))]
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(ClaimedTasks))]
[JsonSerializable(typeof(ConnectionPage))]
[JsonSerializable(typeof(Cosigned))]
[JsonSerializable(typeof(CostReport))]
[JsonSerializable(typeof(DeadLetterCount))]
[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(DelegationPage))]
[JsonSerializable(typeof(ExecutionInstance))]
[JsonSerializable(typeof(ExtendedLease))]
[JsonSerializable(typeof(GrantedDelegation))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(InstancePage))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(LogStandings))]
[JsonSerializable(typeof(MadeDecision))]
[JsonSerializable(typeof(Money))]
[JsonSerializable(typeof(NewConnection))]
[JsonSerializable(typeof(NewCosignature))]
[JsonSerializable(typeof(NewDecision))]
[JsonSerializable(typeof(NewDelegation))]
[JsonSerializable(typeof(NewEvidence))]
[JsonSerializable(typeof(NewInstance))]
[JsonSerializable(typeof(NewSubscription))]
[JsonSerializable(typeof(LiveOverview))]
[JsonSerializable(typeof(NewRedaction))]
[JsonSerializable(typeof(NoFields))]
[JsonSerializable(typeof(PolicyDefinition))]
[JsonSerializable(typeof(PolicyPage))]
[JsonSerializable(typeof(PolicyReplay))]
[JsonSerializable(typeof(PolicyReplayReport))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(QueueOrder))]
[JsonSerializable(typeof(QueueStandings))]
[JsonSerializable(typeof(RegisteredConnection))]
[JsonSerializable(typeof(RegisteredPolicy))]
[JsonSerializable(typeof(RegisteredWorkflow))]
[JsonSerializable(typeof(ReplayFrom))]
[JsonSerializable(typeof(AuthorityReport))]
[JsonSerializable(typeof(ShadowReport))]
[JsonSerializable(typeof(StreamedEntry))]
[JsonSerializable(typeof(StreamEnd))]
[JsonSerializable(typeof(SubscriptionPage))]
[JsonSerializable(typeof(TokenCaller))]
[JsonSerializable(typeof(ToldOutcome))]
[JsonSerializable(typeof(TrialAnswer))]
[JsonSerializable(typeof(TrialQuestion))]
[JsonSerializable(typeof(WebhookSubscription))]
[JsonSerializable(typeof(WorkflowDefinition))]
[JsonSerializable(typeof(WorkflowPage))]
internal sealed partial class ClientJson : JsonSerializerContext;
