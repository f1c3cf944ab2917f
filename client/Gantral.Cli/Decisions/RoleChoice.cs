using Gantral.Cli.Terminal;
using Gantral.Client;

namespace Gantral.Cli.Decisions;

/// <summary>A role in which the caller may decide: their own, or one that somebody lent them.</summary>
internal sealed record RoleChoice(string Role, Guid? Delegation)
{
    private const int PageSize = 200;

    /// <summary>The one in which the caller decides, or a sentence about why there is none or which one is not said.</summary>
    public static async Task<RoleChoice> OfAsync(GantralClient client, ExecutionInstance instance, string? wanted, CancellationToken interrupted)
    {
        var eligible = instance.Pending!.EligibleApproverRoles;
        var own = (await client.Caller.GetAsync(interrupted).ConfigureAwait(false)).Roles;
        var choices = eligible.Where(own.Contains).Select(role => new RoleChoice(role, null)).ToList();
        var missing = eligible.Except(own, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        if (missing.Count > 0)
        {
            var lent = (await client.Delegations.ListAsync(DelegationScope.Received, limit: PageSize, cancellation: interrupted).ConfigureAwait(false)).Delegations;
            choices.AddRange(lent.Where(one => missing.Contains(one.Role) && one.OwningTeamId == instance.OwningTeamId).Select(one => new RoleChoice(one.Role, one.DelegationId)).DistinctBy(one => one.Role));
        }

        var roles = Printable.Text(string.Join(", ", choices.Select(choice => choice.Role)));
        return wanted is not null
            // Whether it may be used is the server's to say.
            ? choices.FirstOrDefault(choice => choice.Role == wanted) ?? new RoleChoice(wanted, null)
            : choices switch
            {
                [var only] => only,
                [] => throw new CommandRefusedException(ExitStatus.Unavailable, $"You hold none of the roles that may decide this: {Printable.Text(string.Join(", ", eligible))}. Ask somebody who does, or have the role lent to you."),
                _ => throw new CommandRefusedException(ExitStatus.Usage, $"You may decide this in several roles; say in which one with --role: {roles}."),
            };
    }
}
