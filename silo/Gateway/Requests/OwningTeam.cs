using Gantral.Abstractions.Refusals;

namespace Gantral.Silo.Gateway.Requests;

/// <summary>The team for which something is made: the one that the body names, or the caller's only one.</summary>
internal static class OwningTeam
{
    public const string Field = "owning_team_id";

    /// <summary>Reads the team, or says why there is none.</summary>
    public static string Read(ApiRequest request, BodyFields fields, out Refusal? refusal)
    {
        var named = fields.OptionalName(Field);
        if (named is null && request.Caller.Teams.Length > 1)
        {
            fields.Fail(Field, Unnamed);
        }

        return Read(request, named, out refusal);
    }

    /// <summary>Reads the team from a query, or says why there is none.</summary>
    public static string Read(ApiRequest request, QueryFields query, out Refusal? refusal)
    {
        var named = query.Name(Field);
        if (named is null && request.Caller.Teams.Length > 1)
        {
            query.Fail($"{Field} {Unnamed}");
        }

        return Read(request, named, out refusal);
    }

    private const string Unnamed = "is missing; your token speaks for several teams, so name the one";

    private static string Read(ApiRequest request, string? named, out Refusal? refusal)
    {
        refusal = null;
        var team = named ?? request.Caller.Teams.FirstOrDefault();
        if (team is null || !request.IsOf(team))
        {
            refusal = new Refusal(RefusalCode.Forbidden, team is null
                ? "Your token speaks for no team; ask its issuer for one that does."
                : "Your token does not speak for the team in owning_team_id; name a team of yours.");
        }

        return team ?? "";
    }
}
