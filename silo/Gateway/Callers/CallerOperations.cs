using Gantral.Abstractions.Authority;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Callers;

/// <summary>Who is asking, as this silo reads the token.</summary>
internal static class CallerOperations
{
    /// <summary><c>GET /v1/caller</c></summary>
    public static ValueTask<Answer> Get(ApiRequest request)
    {
        var caller = request.Caller;
        return new(Answer.Ok(json =>
        {
            json.WriteStartObject("actor");
            json.WriteString("id", caller.Actor.Id);
            json.WriteString("issuer", caller.Actor.Issuer);
            json.Word<ActorKind>("kind", caller.Actor.Kind);
            json.WriteEndObject();
            json.Texts("teams", caller.Teams);
            json.Texts("roles", caller.Roles);
        }));
    }
}
