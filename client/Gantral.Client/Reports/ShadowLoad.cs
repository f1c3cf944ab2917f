namespace Gantral.Client;

/// <summary>What the people in a role would have had to do.</summary>
/// <param name="Role">The role.</param>
/// <param name="Gates">How many gates would have waited for them.</param>
/// <param name="Approvals">How many approvals those needed.</param>
/// <param name="BusiestDay">How many of the gates fell on the day with most, by UTC.</param>
/// <param name="LongestWaitSeconds">How long instances would have waited in all, had everybody taken the whole time.</param>
public sealed record ShadowLoad(string Role, long Gates, long Approvals, long BusiestDay, long LongestWaitSeconds);
