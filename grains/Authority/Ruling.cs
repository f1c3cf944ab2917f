using System.Collections.Immutable;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Refusals;
using Gantral.Evidence.Entries;

namespace Gantral.Grains.Authority;

/// <summary>
/// What the core says to a command: entries to commit, a refusal, or neither when nothing is due. Both together mean
/// that the command was refused because something else was due first, and that is to be committed.
/// </summary>
/// <param name="Instance">The instance as it is once the entries are committed.</param>
/// <param name="Entries">What to commit, all or nothing.</param>
/// <param name="Refusal">Why the command itself was not carried out.</param>
public sealed record Ruling(Instance? Instance, ImmutableArray<SealedEntry> Entries, Refusal? Refusal);
