namespace Gantral.Grains.Tests.Model;

/// <summary>A delegation, as the model remembers it.</summary>
internal sealed record ModelLoan(string From, string To, string Role, string Team, long Since, long Until)
{
    public bool Revoked { get; set; }
}
