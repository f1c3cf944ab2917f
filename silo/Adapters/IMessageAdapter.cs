namespace Gantral.Silo.Adapters;

/// <summary>Writes to people by way of another system.</summary>
internal interface IMessageAdapter
{
    /// <summary>The body of the message, as JSON.</summary>
    ReadOnlyMemory<byte> Write(Notice notice);
}
