using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Evidence;

namespace Gantral.Abstractions.Grains;

/// <summary>One setting of the operator. Each of its values is an entry, and instances are bound to the one that governed when they were created.</summary>
public interface ISettingGrain
{
    /// <summary>Gives it a value. The value it has already is no harm, and writes nothing.</summary>
    ValueTask<Registration<Setting>> WriteAsync(Caller caller, CanonicalBytes value);

    /// <summary>The setting as it is, or none that was ever written. What other processes wrote is seen a second later at the latest.</summary>
    ValueTask<Setting?> ReadAsync();

    /// <summary>The setting as one of its entries left it, or none.</summary>
    ValueTask<Setting?> ReadAsync(Digest entryHash);
}
