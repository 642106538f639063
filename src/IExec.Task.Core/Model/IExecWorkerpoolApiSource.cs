namespace IExec.Tasks;

/// <summary>Where a workerpool's owner declared the URL of its API.</summary>
public enum IExecWorkerpoolApiSource
{
    /// <summary>In iExec's Compass service.</summary>
    Compass,

    /// <summary>In a text record of its ENS name, <c>iexec:workerpool-api:url</c>.</summary>
    Ens,
}
