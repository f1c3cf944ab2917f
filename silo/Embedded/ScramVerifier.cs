using System.Security.Cryptography;
using System.Text;

namespace Gantral.Silo.Embedded;

/// <summary>What PostgreSQL stores of a password (RFC 5803), made here so that no statement, and so no log, carries the password.</summary>
internal static class ScramVerifier
{
    private const int Iterations = 4096;
    private const int SaltBytes = 16;

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var stored = SHA256.HashData(Keyed(salted, "Client Key"));
        return $"SCRAM-SHA-256$4096:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(Keyed(salted, "Server Key"))}";
    }

    private static byte[] Keyed(byte[] salted, string name) => HMACSHA256.HashData(salted, Encoding.ASCII.GetBytes(name));
}
