using Gantral.Client.Connection;

namespace Gantral.Client;

/// <summary>
/// The API of a silo: one method per operation, in the groups of the reference. Nothing is sent twice and nothing is held
/// back: a request that fails is an exception, and whether to send it again, under the same key, is the caller's to say.
/// One client serves any number of threads.
/// </summary>
public sealed class GantralClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _isOurs;

    /// <summary>A client with connections of its own.</summary>
    public GantralClient(GantralClientOptions options)
        : this(options, OwnConnections(), isOurs: true)
    {
    }

    /// <summary>A client over somebody else's connections, which stay theirs. They should follow no redirects: one would carry the token to somebody else.</summary>
    public GantralClient(GantralClientOptions options, HttpClient http)
        : this(options, http, isOurs: false)
    {
    }

    private GantralClient(GantralClientOptions options, HttpClient http, bool isOurs)
    {
        (_http, _isOurs) = (http, isOurs);
        var api = new Api(http, options);
        Policies = new PolicyGroup(api);
        Workflows = new WorkflowGroup(api);
        Instances = new InstanceGroup(api);
        Decisions = new DecisionGroup(api);
        Delegations = new DelegationGroup(api);
        Connections = new ConnectionGroup(api);
        Queues = new QueueGroup(api);
        Tasks = new TaskGroup(api);
        Subscriptions = new SubscriptionGroup(api);
        Audit = new AuditGroup(api);
        Reports = new ReportGroup(api);
        Streams = new StreamGroup(api);
        Caller = new CallerGroup(api);
        Overview = new OverviewGroup(api);
    }

    /// <summary>Policy versions.</summary>
    public PolicyGroup Policies { get; }

    /// <summary>Workflow versions.</summary>
    public WorkflowGroup Workflows { get; }

    /// <summary>Instances, and asking before a step.</summary>
    public InstanceGroup Instances { get; }

    /// <summary>What people decide.</summary>
    public DecisionGroup Decisions { get; }

    /// <summary>Roles that people lend each other.</summary>
    public DelegationGroup Delegations { get; }

    /// <summary>Named references to secrets.</summary>
    public ConnectionGroup Connections { get; }

    /// <summary>Queues, and fetching work from them.</summary>
    public QueueGroup Queues { get; }

    /// <summary>What runners say about the work that they have.</summary>
    public TaskGroup Tasks { get; }

    /// <summary>Webhooks.</summary>
    public SubscriptionGroup Subscriptions { get; }

    /// <summary>Evidence, to be verified elsewhere.</summary>
    public AuditGroup Audit { get; }

    /// <summary>What was seen, what would be and what was spent.</summary>
    public ReportGroup Reports { get; }

    /// <summary>What happens, as it happens.</summary>
    public StreamGroup Streams { get; }

    /// <summary>How everything stands.</summary>
    public OverviewGroup Overview { get; }

    /// <summary>Whoever asks.</summary>
    public CallerGroup Caller { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOurs)
        {
            _http.Dispose();
        }
    }

    private static HttpClient OwnConnections() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // Silos come and go behind one name.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };
}
