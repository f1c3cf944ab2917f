using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Startup.Settings;

/// <summary>What a silo may be there for.</summary>
[LowerCaseNames]
internal enum SiloRole
{
    /// <summary>HTTP.</summary>
    Gateway,

    /// <summary>Reminders and deliveries.</summary>
    Worker,
}
