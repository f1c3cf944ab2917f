namespace Gantral.Silo.Embedded;

/// <summary>A folder of PostgreSQL server binaries and their major version.</summary>
internal sealed record Installation(string Folder, string Major)
{
    public string Program(string name) => Path.Combine(Folder, name);
}
