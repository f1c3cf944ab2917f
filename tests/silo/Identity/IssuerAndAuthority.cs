namespace Gantral.Silo.Tests.Identity;

/// <summary>Tests with an issuer of their own.</summary>
public abstract class IssuerAndAuthority : IAsyncLifetime
{
    internal TestAuthority Authority { get; } = new();

    internal LoopbackIssuer Issuer { get; private set; } = null!;

    public async Task InitializeAsync() => Issuer = await LoopbackIssuer.OpenAsync(Authority);

    public async Task DisposeAsync()
    {
        await Issuer.DisposeAsync();
        Authority.Dispose();
    }
}
