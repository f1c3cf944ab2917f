using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gantral.Silo.Gateway.Answers;

/// <summary>The strong tag of a body: a hash of every byte that is sent, so that nothing that changes the body can be forgotten.</summary>
internal static class EntityTag
{
    private const int Characters = 32;

    /// <summary>Gives an answer its tag.</summary>
    public static Answer Tagged(Answer answer) => answer with { Tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(answer.Body.Span))[..Characters]}\"" };

    /// <summary>Gives an answer its tag, and leaves the body out where the caller says that it has it.</summary>
    public static Answer Checked(HttpRequest request, Answer answer) => Unless(request, Tagged(answer));

    /// <summary>Leaves the body of a tagged answer out where the caller says that it has it.</summary>
    public static Answer Unless(HttpRequest request, Answer tagged) => IsKnown(request, tagged) ? Answer.NotModified(tagged.Tag!) : tagged;

    /// <summary>Whether the caller says what it has.</summary>
    public static bool IsNamed(HttpRequest request) => request.Headers.IfNoneMatch.Count > 0;

    /// <summary>Whether the caller says that it has this; what cannot be read names nothing.</summary>
    public static bool IsKnown(HttpRequest request, Answer tagged) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Tag == tagged.Tag);
}
