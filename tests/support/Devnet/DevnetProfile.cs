namespace IExec.Tasks.Devnet;

/// <summary>The two kinds of chain that the module supports.</summary>
public enum DevnetProfile
{
    /// <summary>Chain 134: PoCo 5.5, paid in the native coin, workerpool APIs in ENS.</summary>
    Bellecour,

    /// <summary>Chain 421614: PoCo 6.1, paid in the RLC token, workerpool APIs in Compass.</summary>
    Arbitrum,
}
