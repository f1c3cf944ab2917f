using Gantral.Abstractions.Evidence;

namespace Gantral.Silo.Ledger;

/// <summary>A key that was used before, and where its result is to be read.</summary>
internal readonly record struct KnownCommand(Digest RequestHash, Subject Subject, long Sequence);
