namespace Gantral.Silo.Adapters;

/// <summary>What people are told elsewhere: that something waits, for whom, until when. Never what it is about; that is shown to who may see it.</summary>
/// <param name="What">What happened.</param>
/// <param name="Workflow">The workflow.</param>
/// <param name="Step">The step, if one is asked about.</param>
/// <param name="Roles">Who may decide; none where nobody is asked.</param>
/// <param name="Until">Until when, if there is an end.</param>
/// <param name="Link">Where to look, if there are pages to look at.</param>
internal sealed record Notice(string What, string Workflow, string? Step, IReadOnlyList<string> Roles, DateTimeOffset? Until, Uri? Link);
