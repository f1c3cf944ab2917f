namespace Gantral.Evidence.Json;

/// <summary>What is wrong with a JSON text, and where.</summary>
/// <param name="Code">The kind of fault.</param>
/// <param name="Path">A JSON Pointer to the value at fault, cut short when it is very long.</param>
/// <param name="Offset">The byte at which the fault was noticed.</param>
/// <param name="Message">A sentence: what is wrong and what to do about it.</param>
public readonly record struct JsonFault(JsonFaultCode Code, string Path, int Offset, string Message);
