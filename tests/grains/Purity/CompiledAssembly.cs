using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Gantral.Grains.Tests.Purity;

/// <summary>What a compiled assembly names of others, as its metadata says it and not as its source does.</summary>
internal sealed class CompiledAssembly
{
    private CompiledAssembly(IReadOnlySet<string> types, IReadOnlySet<string> members) => (Types, Members) = (types, members);

    /// <summary>Full names of the types of other assemblies.</summary>
    public IReadOnlySet<string> Types { get; }

    /// <summary>Their members that are called or read: full type name, a dot, the name in metadata.</summary>
    public IReadOnlySet<string> Members { get; }

    public static CompiledAssembly Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var types = metadata.TypeReferences.Select(handle => FullName(metadata, handle)).ToHashSet();
        var members = new HashSet<string>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                members.Add($"{FullName(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}");
            }
        }

        return new CompiledAssembly(types, members);
    }

    private static string FullName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{FullName(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
