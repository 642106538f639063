using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Crypto;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Saving;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Mono;

/// <summary>The work of the cmdlets without PowerShell: hash, sign, open keys, read a chain, save results and verify them.</summary>
internal sealed class Smoke : IDisposable
{
    private const string KeyFilePassword = "whatever";

    /// <summary>The gateway's first response pauses after 10 MB, of which up to one may not be written yet.</summary>
    private const int AlmostStandstill = 8_000_000;

    /// <summary>A port without a listener.</summary>
    private static readonly Uri DeadNode = new("http://127.0.0.1:9/");

    private readonly Uri _rpcUrl;
    private readonly Uri _gatewayUrl;
    private readonly string _dealId;
    private readonly string _taskId;
    private readonly string _largeTaskId;
    private readonly string _encryptedTaskId;
    private readonly string _keyFile;
    private readonly string _beneficiaryKey;
    private readonly string _folder;
    private ISigner _signer = null!;
    private IExecConnection _connection = null!;

    public Smoke(string[] arguments)
    {
        (_rpcUrl, _gatewayUrl) = (new(arguments[0]), new(arguments[1]));
        (_dealId, _taskId, _largeTaskId, _encryptedTaskId) = (arguments[2], arguments[3], arguments[4], arguments[5]);
        (_keyFile, _beneficiaryKey, _folder) = (arguments[6], arguments[7], arguments[8]);
    }

    /// <summary>The steps, each with its result.</summary>
    public IEnumerable<(string Name, Func<Task<string>> Run)> Steps =>
    [
        ("Keccak-256", () => Task.FromResult(Hash())),
        ("RLP and a signed transaction", () => Task.FromResult(Sign())),
        ("Key file", OpenKeyFileAsync),
        ("Connection, past a node that is down", ConnectAsync),
        ("Tasks of a deal", ReadAsync),
        ("Cancelling of a download that stands still", CancelAsync),
        ("Its rest", () => SaveAsync(_largeTaskId)),
        ("Result", () => SaveAsync(_taskId)),
        ("Encrypted result", SaveEncryptedAsync),
        ("Assemblies", () => Task.FromResult(Assemblies())),
    ];

    public void Dispose()
    {
        _connection?.Dispose();
        _signer?.Dispose();
    }

    private static string Hash() =>
        Expect("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", Hex.Encode(Keccak256.Hash([])));

    /// <summary>The example of EIP-155.</summary>
    private static string Sign()
    {
        var transaction = new UnsignedTransaction(
            1, 9, TransactionFee.Legacy(BigInteger.Pow(10, 9) * 20), 21_000, Address.Parse("0x" + Repeat("35", 20)), BigInteger.Pow(10, 18), Array.Empty<byte>());
        using var key = PrivateKey.FromHex(new SecretBytes(Encoding.ASCII.GetBytes(Repeat("46", 32))));
        return Expect(
            "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83",
            Hex.Encode(transaction.With(key.Sign(transaction.SigningHash().ToArray())).Raw));
    }

    private async Task<string> OpenKeyFileAsync()
    {
        using var password = new SecretBytes(Encoding.UTF8.GetBytes(KeyFilePassword));
        _signer = await Signers.FromKeystoreAsync(_keyFile, password, account: null, CancellationToken.None);
        return Expect("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", _signer.Address.ToString());
    }

    private async Task<string> ConnectAsync()
    {
        var settings = new ConnectionSettings { RpcUrls = [DeadNode, _rpcUrl], IpfsGatewayUrls = [_gatewayUrl], MaximumRetryCount = 0, Signer = _signer };
        _connection = await Connector.ConnectAsync(settings, NoDiagnostics.Instance, CancellationToken.None);
        return Expect("arbitrum-sepolia-testnet", _connection.Chain);
    }

    private async Task<string> ReadAsync()
    {
        var reader = new TaskReader(_connection.Open(NoDiagnostics.Instance));
        var found = await reader.FindAsync([new TaskSelector(_dealId) { DealId = _dealId }], CancellationToken.None);
        var tasks = await reader.ReadAsync([.. found.Select(task => task.Require())], CancellationToken.None);
        return Expect("1000 tasks, 200 not initialised", $"{tasks.Length} tasks, {tasks.Count(task => task.Require().OnChainStatus is IExecTaskStatus.Unset)} not initialised");
    }

    /// <summary>.NET Framework's streams ignore a token while they wait for bytes, so this build closes them.</summary>
    private async Task<string> CancelAsync()
    {
        using var cancellation = new CancellationTokenSource();
        var saving = SaveAsync(_largeTaskId, cancellationToken: cancellation.Token);
        while (!saving.IsCompleted && !Directory.EnumerateFiles(_folder).Any(file => new FileInfo(file).Length > AlmostStandstill))
            await Task.Delay(100);
        cancellation.Cancel();
        try
        {
            throw new InvalidOperationException($"It was not cancelled: {await saving}");
        }
        catch (OperationCanceledException)
        {
            return Expect("1 file left", $"{Directory.GetFiles(_folder, "*.partial").Length} file left");
        }
    }

    private async Task<string> SaveEncryptedAsync()
    {
        using var key = BeneficiaryKeyFile.Open(_beneficiaryKey, password: null);
        return await SaveAsync(_encryptedTaskId, key);
    }

    private async Task<string> SaveAsync(string taskId, BeneficiaryKey? key = null, CancellationToken cancellationToken = default)
    {
        var session = _connection.Open(NoDiagnostics.Instance);
        var task = (await new TaskReader(session).ReadAsync([TaskReader.ById(taskId)], CancellationToken.None))[0].Require();
        var plan = ResultPlan.Create(task, new ResultSaveOptions { Path = _folder, IsPathGiven = true, BeneficiaryKey = key });
        var result = (await new ResultSaver(session).SaveAsync(plan, progress: null, cancellationToken)).Result;
        Expect(new FileInfo(result.Path).Length, result.Length);
        return Expect("by its CID: True, by its digest: True", $"by its CID: {result.CidVerified}, by its digest: {result.DigestVerified}");
    }

    /// <summary>Checks that our assemblies are the staged ones, for .NET Standard, and lists the others.</summary>
    private static string Assemblies()
    {
        var staged = Path.GetDirectoryName(typeof(IExecTask).Assembly.Location);
        foreach (var assembly in new[] { typeof(IExecTask).Assembly, typeof(PrivateKey).Assembly })
            Expect(".NETStandard,Version=v2.0", assembly.GetCustomAttribute<TargetFrameworkAttribute>().FrameworkName);
        Expect("netstandard2.0", Path.GetFileName(staged));

        var names = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => Path.GetDirectoryName(assembly.Location) == staged).Select(assembly => assembly.GetName().Name).ToList();
        foreach (var name in new[] { "IExec.Task.Core", "IExec.Task.Ethereum", "BouncyCastle.Cryptography", "System.Text.Json" })
            Expect(true, names.Contains(name));
        return string.Join(", ", names.OrderBy(name => name, StringComparer.Ordinal));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static T Expect<T>(T expected, T actual) =>
        EqualityComparer<T>.Default.Equals(expected, actual) ? actual : throw new InvalidOperationException($"Expected {expected}, got {actual}.");
}
