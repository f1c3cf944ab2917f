using Gantral.Grains.Authority;

namespace Gantral.Grains.Ledger;

/// <summary>Time and chance, the two things that the core must be given.</summary>
public interface IMoments
{
    /// <summary>The database's time as nearly as it is known, an id that nobody has used, and fresh salts.</summary>
    Moment Next();
}
