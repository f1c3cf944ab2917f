namespace Gantral.Silo.Identity;

/// <summary>What a caller may do with the platform. Who may decide is another matter: business roles that policies name.</summary>
internal static class PlatformRole
{
    public const string Author = "gantral.author";
    public const string PolicyAuthor = "gantral.policy_author";
    public const string Operator = "gantral.operator";
    public const string Runner = "gantral.runner";
    public const string Auditor = "gantral.auditor";

    /// <summary>All of the others.</summary>
    public const string Admin = "gantral.admin";
}
