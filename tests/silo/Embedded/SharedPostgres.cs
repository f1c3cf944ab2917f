using Gantral.Silo.Embedded;

namespace Gantral.Silo.Tests.Embedded;

/// <summary>One running instance for the tests that only look at it.</summary>
public sealed class SharedPostgres : IAsyncLifetime
{
    internal TestFolder Folder { get; } = new();

    internal EmbeddedPostgres Postgres { get; private set; } = null!;

    internal string Owner => Postgres.ConnectionString(EmbeddedLogin.Owner);

    internal string Serving => Postgres.ConnectionString(EmbeddedLogin.Serving);

    public async Task InitializeAsync()
    {
        try
        {
            Postgres = await Folder.StartAsync();
        }
        catch
        {
            await Folder.DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        await Postgres.DisposeAsync();
        await Folder.DisposeAsync();
    }
}
