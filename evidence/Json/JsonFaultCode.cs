namespace Gantral.Evidence.Json;

/// <summary>Why a JSON text was refused.</summary>
public enum JsonFaultCode
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>It is not JSON as RFC 8259 has it.</summary>
    Syntax,

    /// <summary>It is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>An object names a member twice.</summary>
    DuplicateKey,

    /// <summary>A string holds half of a surrogate pair, which UTF-8 cannot carry.</summary>
    LoneSurrogate,

    /// <summary>It nests deeper than the limit.</summary>
    TooDeep,

    /// <summary>It, or its canonical form, has more bytes than the limit.</summary>
    TooLarge,

    /// <summary>A number would not survive being held in a double.</summary>
    InexactNumber,

    /// <summary>It is JSON, but not in the one form RFC 8785 gives it.</summary>
    NotCanonical,
}
