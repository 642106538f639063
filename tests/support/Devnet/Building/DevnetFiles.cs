using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace IExec.Tasks.Devnet;

/// <summary>Where the devnet's files are in the clone.</summary>
public static class DevnetFiles
{
    /// <summary>The clone.</summary>
    public static string RepositoryRoot { get; } = typeof(DevnetFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key is "RepositoryRoot").Value!;

    /// <summary><c>tests/support/Devnet</c>.</summary>
    public static string Root { get; } = Path.Combine(RepositoryRoot, "tests", "support", "Devnet");

    /// <summary>What <see cref="DevnetBuild"/> makes; not in git.</summary>
    public static string State { get; } = Path.Combine(Root, "state");

    /// <summary>IPFS blocks, one file each, named by CID.</summary>
    public static string Blocks { get; } = Path.Combine(State, "content");

    /// <summary>PEM of the throw-away RSA key that opens the encrypted archives.</summary>
    public static string BeneficiaryKey { get; } = Path.Combine(Root, "content", "TEST-ONLY-beneficiary_key.pem");

    /// <summary>The anvil of the npm package, or the one that IEXEC_DEVNET_ANVIL names (needed on other systems than Linux x64).</summary>
    internal static string Anvil { get; } = Environment.GetEnvironmentVariable("IEXEC_DEVNET_ANVIL")
        ?? Path.Combine(Root, "node_modules", "@foundry-rs", "anvil-linux-amd64", "bin", "anvil");
}
