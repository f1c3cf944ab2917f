using System.Collections.Immutable;
using Gantral.Silo.Gateway.Audit;
using Gantral.Silo.Gateway.Callers;
using Gantral.Silo.Gateway.Connections;
using Gantral.Silo.Gateway.Decisions;
using Gantral.Silo.Gateway.Definitions;
using Gantral.Silo.Gateway.Delegations;
using Gantral.Silo.Gateway.Hooks;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Overview;
using Gantral.Silo.Gateway.Policies;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Gateway.Reports;
using Gantral.Silo.Gateway.Streams;
using Gantral.Silo.Gateway.Subscriptions;
using Gantral.Silo.Gateway.Workflows;
using Gantral.Silo.Identity;

namespace Gantral.Silo.Gateway.Routes;

/// <summary>
/// Every operation of the API, and who may call it, in the order of a life: the examples of their descriptions are sent in
/// this order. What a request asks for can need more: the operation says so, also by <see cref="Access"/>.
/// </summary>
internal static class RouteTable
{
    public static ImmutableArray<Route> Of(GatewayParts parts)
    {
        var policies = new PolicyOperations(parts.Grains);
        var workflows = new WorkflowOperations(parts.Grains, parts.Connections);
        var instances = new InstanceOperations(parts.Grains, parts.NewInstanceId, parts.Queues);
        var redactions = new RedactionOperations(parts.Grains, parts.Queues);
        var view = new InstanceView(parts.Grains, parts.Streams, parts.Queues);
        var lists = new InstanceLists(parts.Grains, parts.Instances, parts.Queues);
        var decisions = new DecisionOperations(parts.Grains, parts.Instances, parts.Delegations, parts.Queues);
        var delegations = new DelegationOperations(parts.Grains, parts.NewDelegationId, parts.Delegations);
        var definitions = new DefinitionLists(parts.Definitions);
        var reports = new ReportOperations(parts.Grains, parts.Reports);
        var overview = new OverviewOperations(parts.Overview);
        var streams = new StreamOperations(parts.Streams, parts.StreamHeartbeat);
        var connections = new ConnectionOperations(parts.Connections);
        var queues = new QueueOperations(parts.Queues);
        var tasks = new TaskOperations(parts.Grains, parts.Queues);
        var audit = new AuditOperations(parts.Grains, parts.Evidence);
        var verifying = new VerifyOperations(parts.Evidence);
        var hooks = new HookOperations(parts.Hooks, parts.Secrets, parts.Grains, parts.NewInstanceId);
        var subscriptions = new SubscriptionOperations(parts.Subscriptions, parts.Outgoing);
        return
        [
            new("POST", "/v1/policies", Access.With(PlatformRole.PolicyAuthor), policies.RegisterAsync, PolicyDescriptions.Register),
            new("GET", "/v1/policies/{policy_version_id}", Access.Anybody, policies.GetAsync, PolicyDescriptions.Get),
            new("GET", "/v1/policies", Access.Anybody, definitions.PoliciesAsync, PolicyDescriptions.List),
            new("POST", "/v1/policies/{policy_version_id}/evaluate", Access.With(PlatformRole.PolicyAuthor, PlatformRole.Author), policies.EvaluateAsync, PolicyDescriptions.Evaluate),

            new("POST", "/v1/workflows", Access.With(PlatformRole.Author), workflows.RegisterAsync, WorkflowDescriptions.Register),
            new("GET", "/v1/workflows/{workflow_id}/versions/{version}", Access.Anybody, workflows.GetAsync, WorkflowDescriptions.Get),
            new("GET", "/v1/workflows", Access.Anybody, definitions.WorkflowsAsync, WorkflowDescriptions.List),

            new("POST", "/v1/instances", Access.With(PlatformRole.Operator), instances.CreateAsync, InstanceDescriptions.Create),
            new("POST", "/v1/instances/{instance_id}/start", Access.With(PlatformRole.Operator), instances.StartAsync, InstanceDescriptions.Start),
            new("POST", "/v1/instances/{instance_id}/authority", Access.With(PlatformRole.Operator, PlatformRole.Runner), instances.RequestAuthorityAsync, InstanceDescriptions.RequestAuthority),
            new("GET", "/v1/instances", Access.Anybody, lists.ListAsync, InstanceDescriptions.List),
            new("GET", "/v1/instances/{instance_id}", Access.Anybody, view.GetAsync, InstanceDescriptions.Get) { TakesLong = true },
            new("GET", "/v1/instances/{instance_id}/history", Access.With(PlatformRole.Auditor), lists.HistoryAsync, InstanceDescriptions.History),
            new("POST", "/v1/instances/{instance_id}/evidence", Access.With(PlatformRole.Operator), instances.AttachEvidenceAsync, InstanceDescriptions.AttachEvidence),
            new("POST", "/v1/instances/{instance_id}/cost", Access.With(PlatformRole.Operator), instances.RecordCostAsync, InstanceDescriptions.RecordCost),
            new("POST", "/v1/instances/{instance_id}/cancel", Access.With(PlatformRole.Operator), instances.CancelAsync, InstanceDescriptions.Cancel),

            new("POST", "/v1/instances/{instance_id}/redactions", Access.PersonWith(), redactions.RedactAsync, InstanceDescriptions.Redact),

            new("GET", "/v1/decisions/pending", Access.Anybody, decisions.PendingAsync, DecisionDescriptions.Pending),
            new("POST", "/v1/decisions", Access.Person, decisions.DecideAsync, DecisionDescriptions.Decide),
            new("GET", "/v1/decisions/{decision_id}", Access.Anybody, decisions.GetAsync, DecisionDescriptions.Get),

            new("POST", "/v1/delegations", Access.Person, delegations.GrantAsync, DelegationDescriptions.Grant),
            new("GET", "/v1/delegations", Access.Anybody, delegations.ListAsync, DelegationDescriptions.List),
            new("GET", "/v1/delegations/{delegation_id}", Access.Anybody, delegations.GetAsync, DelegationDescriptions.Get),
            new("POST", "/v1/delegations/{delegation_id}/revoke", Access.Person, delegations.RevokeAsync, DelegationDescriptions.Revoke),

            new("POST", "/v1/connections", Access.With(PlatformRole.Author), connections.RegisterAsync, ConnectionDescriptions.Register),
            new("GET", "/v1/connections", Access.Anybody, connections.ListAsync, ConnectionDescriptions.List),
            new("GET", "/v1/connections/{connection_id}/versions/{version}", Access.Anybody, connections.GetAsync, ConnectionDescriptions.Get),

            new("POST", "/v1/queues/{queue}", Access.With(PlatformRole.Operator), queues.OrderAsync, QueueDescriptions.Order),
            new("POST", "/v1/queues/{queue}/claims", Access.With(PlatformRole.Runner), queues.ClaimAsync, QueueDescriptions.Claim) { TakesLong = true },
            new("GET", "/v1/queues", Access.Anybody, queues.ListAsync, QueueDescriptions.List),
            new("GET", "/v1/queues/{queue}", Access.Anybody, queues.GetAsync, QueueDescriptions.Get),
            new("POST", "/v1/tasks/{task_id}/heartbeat", Access.With(PlatformRole.Runner), tasks.HeartbeatAsync, QueueDescriptions.Heartbeat),
            new("POST", "/v1/tasks/{task_id}/outcome", Access.With(PlatformRole.Runner), tasks.OutcomeAsync, QueueDescriptions.Outcome),

            new("POST", "/v1/subscriptions", Access.With(PlatformRole.Author), subscriptions.SubscribeAsync, SubscriptionDescriptions.Subscribe),
            new("GET", "/v1/subscriptions", Access.Anybody, subscriptions.ListAsync, SubscriptionDescriptions.List),
            new("GET", "/v1/subscriptions/{subscription_id}", Access.Anybody, subscriptions.GetAsync, SubscriptionDescriptions.Get),
            new("POST", "/v1/subscriptions/{subscription_id}/disable", Access.With(PlatformRole.Author, PlatformRole.Operator), subscriptions.DisableAsync, SubscriptionDescriptions.Disable),
            new("POST", "/v1/subscriptions/{subscription_id}/enable", Access.With(PlatformRole.Author, PlatformRole.Operator), subscriptions.EnableAsync, SubscriptionDescriptions.Enable),
            new("GET", "/v1/subscriptions/{subscription_id}/dead-letters", Access.Anybody, subscriptions.DeadLettersAsync, SubscriptionDescriptions.DeadLetters),
            new("POST", "/v1/subscriptions/{subscription_id}/replay", Access.With(PlatformRole.Author, PlatformRole.Operator), subscriptions.ReplayAsync, SubscriptionDescriptions.Replay),

            new("POST", "/v1/hooks/{hook_id}", Access.Signature, hooks.DeliverAsync, HookDescriptions.Deliver),

            new("GET", "/v1/overview", Access.Anybody, overview.GetAsync, OverviewDescriptions.Get),

            new("GET", "/v1/streams/entries", Access.Anybody, streams.EntriesAsync, StreamDescriptions.Entries) { TakesLong = true },

            new("GET", "/v1/caller", Access.Anybody, CallerOperations.Get, CallerDescriptions.Get),

            new("GET", "/v1/audit/keys", Access.Anybody, audit.KeysAsync, AuditDescriptions.ReadKeys),
            new("GET", "/v1/audit/instances/{instance_id}/bundle", Access.With(PlatformRole.Auditor), audit.BundleAsync, AuditDescriptions.Bundle),
            new("GET", "/v1/audit/logs", Access.With(PlatformRole.Auditor), audit.LogsAsync, AuditDescriptions.ListLogs),
            new("GET", "/v1/audit/logs/{log_id}/checkpoint", Access.With(PlatformRole.Auditor), audit.CheckpointAsync, AuditDescriptions.Checkpoint),
            new("GET", "/v1/audit/logs/{log_id}/tile/{level}/{*index}", Access.With(PlatformRole.Auditor), audit.TileAsync, AuditDescriptions.Tile),
            new("GET", "/v1/audit/logs/{log_id}/proof/inclusion", Access.With(PlatformRole.Auditor), audit.InclusionAsync, AuditDescriptions.Inclusion),
            new("GET", "/v1/audit/logs/{log_id}/proof/consistency", Access.With(PlatformRole.Auditor), audit.ConsistencyAsync, AuditDescriptions.Consistency),
            new("POST", "/v1/audit/logs/{log_id}/cosignatures", Access.With(PlatformRole.Auditor), audit.CosignAsync, AuditDescriptions.Cosign),
            new("GET", "/v1/audit/logs/{log_id}/bundle", Access.With(PlatformRole.Auditor), audit.LogBundleAsync, AuditDescriptions.LogBundle) { TakesLong = true },
            new("POST", "/v1/audit/verify", Access.With(PlatformRole.Auditor), verifying.VerifyAsync, AuditDescriptions.Verify) { TakesLong = true, ReadsBody = true },
            new("GET", "/v1/audit/reports/shadow", Access.With(PlatformRole.Auditor, PlatformRole.PolicyAuthor), reports.ShadowAsync, ReportDescriptions.Shadow),
            new("POST", "/v1/audit/reports/policy-replay", Access.With(PlatformRole.Auditor, PlatformRole.PolicyAuthor), reports.ReplayAsync, ReportDescriptions.Replay),
            new("GET", "/v1/audit/reports/authority", Access.With(PlatformRole.Auditor), reports.AuthorityAsync, ReportDescriptions.Authority),
            new("GET", "/v1/audit/reports/cost", Access.With(PlatformRole.Auditor), reports.CostAsync, ReportDescriptions.Cost),
        ];
    }
}
