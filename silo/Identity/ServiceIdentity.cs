using System.Collections.Immutable;

namespace Gantral.Silo.Identity;

/// <summary>A program that is known by its subject: its team and its roles are what the operator says, not what a token says.</summary>
/// <param name="Subject">The subjects that it has.</param>
/// <param name="Team">The team that it works for.</param>
/// <param name="Roles">Its roles.</param>
internal sealed record ServiceIdentity(SubjectPattern Subject, string Team, ImmutableArray<string> Roles);
