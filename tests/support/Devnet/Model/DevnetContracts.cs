namespace IExec.Tasks.Devnet;

/// <summary>Addresses of the contracts; hub, ENS and Multicall3 are where they are in production.</summary>
/// <param name="Hub">The PoCo hub.</param>
/// <param name="Multicall3">Multicall3.</param>
/// <param name="AppRegistry">The registry of apps.</param>
/// <param name="DatasetRegistry">The registry of datasets.</param>
/// <param name="WorkerpoolRegistry">The registry of workerpools.</param>
/// <param name="Rlc">The RLC token; null where RLC is the native coin.</param>
/// <param name="EnsRegistry">Null on the chain without ENS.</param>
/// <param name="EnsPublicResolver">Null on the chain without ENS.</param>
/// <param name="CallbackReceiver">The callback of callback deals.</param>
/// <param name="App">The app of every deal.</param>
/// <param name="Dataset">The dataset of the deals that have one.</param>
public sealed record DevnetContracts(
    string Hub,
    string Multicall3,
    string AppRegistry,
    string DatasetRegistry,
    string WorkerpoolRegistry,
    string CallbackReceiver,
    string App,
    string Dataset,
    string? Rlc = null,
    string? EnsRegistry = null,
    string? EnsPublicResolver = null);
