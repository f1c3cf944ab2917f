using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Reference;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Connections;

/// <summary>What <see cref="ConnectionOperations"/> does, for whoever calls it.</summary>
internal static class ConnectionDescriptions
{
    private const string Tag = "Runners";

    private static readonly Shape Connection = new("Connection", "A version of a named reference to a secret, which never changes.",
        new Field("connection_id", Form.Name, "Its name."),
        new Field("version", Form.Name, "Its version."),
        new Field("owning_team_id", Form.Name, "The team that owns it."),
        new Field("reference", Form.Text("reference"), "Where a runner finds the secret."),
        new Field("created_by", Form.Text(), "Who registered it."),
        new Field("created_at", Form.Time, "When."));

    public static Described Register { get; } = new("register_connection", Tag, "Register a connection")
    {
        Text = "A name for a secret that runners resolve where they run. The secret never comes here: what looks like one is refused. The same content again is the same version; another reference under the same version is refused.",
        Body = Shape.Sent("NewConnection", "A named reference.",
            new Field("connection_id", Form.Name, "Its name; without an @."),
            new Field("version", Form.Name, "Its version; without an @."),
            new Field("reference", Form.Text("reference", 1, 1000), "Where a runner finds the secret, such as `vault://kv/payments#token`."),
            Field.Maybe(OwningTeam.Field, Form.Name, "The team that owns it; may be left out by a token of one team.")).Form,
        Answers = [DescribedAnswer.Created(Connection.Form, "The connection.")],
        Refusals = [RefusalCode.VersionExists],
        Examples = [new("vault", "A token in a vault") { Body = """{"connection_id":"payments-api","version":"1","reference":"vault://kv/payments#token"}""" }],
    };

    public static Described List { get; } = new("list_connections", Tag, "List connections")
    {
        Text = "The connections of the caller's teams, in the order of their names.",
        Query = ListQuery.With(),
        Answers = [DescribedAnswer.Ok(ListQuery.Page("ConnectionPage", "connections", Connection).Form, "A page of connections.")],
        Examples = [new("all", "All of them")],
    };

    public static Described Get { get; } = new("get_connection", Tag, "Read a connection")
    {
        Text = "A version that one of the caller's teams owns.",
        Answers = [DescribedAnswer.Ok(Connection.Form, "The connection.")],
        Examples = [new("one", "Where the token is") { Path = "/v1/connections/payments-api/versions/1" }],
    };
}
