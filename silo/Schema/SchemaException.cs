namespace Gantral.Silo.Schema;

/// <summary>The database is not one that this silo can serve from; the message says what to do.</summary>
public sealed class SchemaException(string message, Exception? inner = null) : Exception(message, inner);
