using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Silo.Gateway.Answers;

namespace Gantral.Silo.Gateway.Delegations;

/// <summary>A delegation as callers see it.</summary>
internal static class DelegationBody
{
    public static void Write(Utf8JsonWriter json, Delegation delegation)
    {
        json.WriteString("delegation_id", delegation.Reference.DelegationId);
        json.WriteString("owning_team_id", delegation.OwningTeamId);
        Write(json, "grantor", delegation.Reference.Grantor);
        Write(json, "to", delegation.Grant.To);
        json.WriteString("role", delegation.Grant.Role);
        json.Time("granted_at", delegation.GrantedAt);
        json.Time("until", delegation.Grant.Until);
        json.Time("revoked_at", delegation.RevokedAt);
    }

    private static void Write(Utf8JsonWriter json, string name, Person person)
    {
        json.WriteStartObject(name);
        json.WriteString("id", person.Id);
        json.WriteString("issuer", person.Issuer);
        json.WriteEndObject();
    }
}
