using System.Security.Cryptography;
using System.Text;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Vocabulary;

namespace Gantral.Silo.Ledger;

/// <summary>
/// The sixteen bytes under which a subject's entries are indexed: an instance's own id, which grows with time and so
/// keeps the index local, or the beginning of a hash, marked as such by its version.
/// </summary>
internal static class SubjectKey
{
    public static Guid Of(Subject subject)
    {
        if (subject.Type == SubjectType.Instance)
        {
            return Guid.ParseExact(subject.Id, "D");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{WireName.Of(subject.Type)}\n{subject.Id}"), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>What must be kept beside the key to know the subject again; none for an instance, whose key is its id.</summary>
    public static string? NameOf(Subject subject) =>
        subject.Type == SubjectType.Instance ? null : $"{WireName.Of(subject.Type)}/{subject.Id}";

    /// <summary>The subject of a key and of what was kept beside it.</summary>
    public static Subject Read(Guid key, string? name) =>
        name?.Split('/', 2) is [var type, var id] && WireName.TryParse(type, out SubjectType known) ? new Subject(known, id) : Subject.Instance(key);
}
