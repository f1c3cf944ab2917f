namespace Gantral.Evidence.Json;

/// <summary>A JSON text, or a string to be put in one, was refused.</summary>
public sealed class JsonRefusedException : Exception
{
    /// <summary>Carries the fault that was found.</summary>
    public JsonRefusedException(JsonFault fault)
        : base($"{fault.Message} (byte {fault.Offset}, at \"{fault.Path}\")") => Fault = fault;

    /// <summary>What is wrong, and where.</summary>
    public JsonFault Fault { get; }
}
