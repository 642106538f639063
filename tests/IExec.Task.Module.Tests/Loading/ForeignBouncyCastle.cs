using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace IExec.Tasks.StagedTests.Loading;

/// <summary>
/// What another module may have brought: an assembly that is called BouncyCastle.Cryptography, with the name, version and public key of ours, in
/// which nothing of what we need exists. Whoever gets this one fails.
/// </summary>
internal static class ForeignBouncyCastle
{
    public static Assembly LoadIntoTheDefaultContext()
    {
        if (AssemblyLoadContext.Default.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name is "BouncyCastle.Cryptography") is { } loaded)
            return loaded;

        var ours = AssemblyName.GetAssemblyName(Path.Combine(StagedFiles.Folder("net8.0"), "Dependencies", "BouncyCastle.Cryptography.dll"));
        var foreign = new PersistedAssemblyBuilder(ours, typeof(object).Assembly);
        foreign.DefineDynamicModule("BouncyCastle.Cryptography").DefineType("Org.BouncyCastle.Crypto.Digests.KeccakDigest", TypeAttributes.Public).CreateType();
        using var file = new MemoryStream();
        foreign.Save(file);
        file.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(file);
    }
}
