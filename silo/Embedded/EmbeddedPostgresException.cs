namespace Gantral.Silo.Embedded;

/// <summary>The embedded PostgreSQL cannot be had; the message is the sentence to show.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    public EmbeddedPostgresException(string message) : base(message)
    {
    }

    public EmbeddedPostgresException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public EmbeddedPostgresException()
    {
    }
}
