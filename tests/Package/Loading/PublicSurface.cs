using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace IExec.Tasks.PackageTests.Loading;

/// <summary>The public types and members of an assembly file, read from its metadata; nothing is loaded.</summary>
internal static class PublicSurface
{
    public static IReadOnlyList<string> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Where(type => IsPublic(metadata, type)).SelectMany(type => Members(metadata, type)).Order()];
    }

    private static bool IsPublic(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public
            || ((type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem
                && IsPublic(metadata, type.GetDeclaringType()));
    }

    private static IEnumerable<string> Members(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var names = new SignatureNames(metadata);
        var name = names.GetTypeFromDefinition(metadata, handle, 0);
        var baseType = type.BaseType.IsNil ? "" : $" : {names.Name(type.BaseType)}";
        var interfaces = type.GetInterfaceImplementations().Select(implementation => names.Name(metadata.GetInterfaceImplementation(implementation).Interface));
        yield return $"{name}{baseType} {string.Join(' ', interfaces.Order())} {type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)}";
        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition).Where(field => IsVisible((MethodAttributes)field.Attributes)))
            yield return $"{name}.{metadata.GetString(field.Name)}: {field.DecodeSignature(names, null)}";
        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition).Where(method => IsVisible(method.Attributes)))
        {
            var signature = method.DecodeSignature(names, null);
            yield return $"{name}.{metadata.GetString(method.Name)}({string.Join(", ", signature.ParameterTypes)}): {signature.ReturnType}";
        }
    }

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;
}
