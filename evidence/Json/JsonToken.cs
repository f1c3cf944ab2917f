using System.Diagnostics.CodeAnalysis;

namespace Gantral.Evidence.Json;

/// <summary>What a <see cref="CanonicalReader"/> has just read.</summary>
public enum JsonToken
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>The start of an object.</summary>
    BeginObject,

    /// <summary>The end of an object.</summary>
    EndObject,

    /// <summary>The start of an array.</summary>
    BeginArray,

    /// <summary>The end of an array.</summary>
    EndArray,

    /// <summary>The name of a member; its value comes next.</summary>
    Name,

    /// <summary>A string.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the word that JSON has for it.")]
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>The value true.</summary>
    True,

    /// <summary>The value false.</summary>
    False,

    /// <summary>The value null.</summary>
    Null,
}
