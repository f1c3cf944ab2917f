namespace Gantral.Silo.Embedded;

/// <summary>A server that somebody else looks after.</summary>
public sealed class RunningServer(Func<EmbeddedLogin, string> connectionString)
{
    /// <summary>How to connect as the given login; the string holds the password.</summary>
    public string ConnectionString(EmbeddedLogin login) => connectionString(login);
}
