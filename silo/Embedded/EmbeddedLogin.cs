namespace Gantral.Silo.Embedded;

/// <summary>Who connects to the embedded database.</summary>
public enum EmbeddedLogin
{
    /// <summary>Owns the database: migrations.</summary>
    Owner,

    /// <summary>May only do what the owner granted: serving.</summary>
    Serving,
}
