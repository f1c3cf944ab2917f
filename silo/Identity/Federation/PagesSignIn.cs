namespace Gantral.Silo.Identity.Federation;

/// <summary>How people sign in on the pages: the code flow of OpenID Connect with PKCE, by a public client. None of it is a secret.</summary>
/// <param name="Name">What the operator calls the issuer.</param>
/// <param name="Issuer">The exact <c>iss</c>.</param>
/// <param name="Discovery">Where its discovery document is; its token endpoint lies on the same origin.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Scope">What is asked for, so that the access token is meant for this silo.</param>
internal sealed record PagesSignIn(string Name, string Issuer, Uri Discovery, string ClientId, string Scope);
