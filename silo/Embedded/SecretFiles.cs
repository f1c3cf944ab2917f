using System.Security.Cryptography;

namespace Gantral.Silo.Embedded;

/// <summary>The generated passwords, one file each, readable by the silo's account alone.</summary>
internal sealed class SecretFiles(DataFolder folder)
{
    private const int PasswordBytes = 32;

    /// <summary>The password of a database role, generated when it is asked for the first time.</summary>
    public string Password(string role)
    {
        var note = NoteOf(role);
        if (note.Read() is { Length: > 0 } known)
        {
            return known;
        }

        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
        note.Write(password);
        return password;
    }

    public bool Holds(string role) => NoteOf(role).Read() is { Length: > 0 };

    private Note NoteOf(string role) => new(Path.Combine(folder.Secrets, role));
}
