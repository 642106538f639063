using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.UnitTests.Crypto;

public sealed class PublicSurfaceTests
{
    /// <summary>
    /// The adapter, Nethereum and BouncyCastle live in a load context of their own. A type of theirs in a signature would be looked for in the
    /// caller's context, where another module's may be.
    /// </summary>
    [Fact]
    public void No_signature_of_the_adapter_shows_a_type_that_is_neither_its_own_nor_NETs()
    {
        var shown = typeof(PrivateKey).Assembly.GetExportedTypes().SelectMany(SignatureTypes).SelectMany(Parts).Distinct();
        var foreign = shown.Where(type => type.Assembly != typeof(PrivateKey).Assembly && Folder(type) != Folder(typeof(object)));
        Assert.Empty(foreign);
    }

    private static string? Folder(Type type) => Path.GetDirectoryName(type.Assembly.Location);

    private static IEnumerable<Type> SignatureTypes(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(All).Where(IsVisible).ToArray();
        return type.GetInterfaces()
            .Append(type.BaseType ?? typeof(object))
            .Concat(type.GetFields(All).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(field => field.FieldType))
            .Concat(type.GetConstructors(All).Where(IsVisible).Concat<MethodBase>(methods).SelectMany(Parameters))
            .Concat(methods.Select(method => method.ReturnType));
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static IEnumerable<Type> Parameters(MethodBase method) => method.GetParameters().Select(parameter => parameter.ParameterType);

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Append(type);
}
