using System.Linq;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>The expected outcome of a cell: the step's exceptions first, then the rule for its service and the kind of fault.</summary>
internal static class Expectation
{
    /// <summary>The error that the command must end with; null when it must succeed.</summary>
    public static string? Of(Cell cell)
    {
        if (cell.Step.Exceptions.FirstOrDefault(exception => exception.When(cell.Fault)) is { } exception)
            return exception.ErrorId;
        if (cell.Fault.Kind == FaultKind.Harmless || (cell.Fault.IsTooLong && cell.Step.HasOtherForm) || (!cell.Always && IsRetried(cell)))
            return null;
        return cell.Step.Service switch
        {
            not Service.Node when cell.Step.Tolerance == Tolerance.ContinuesWithout => null,
            Service.Node => OfNode(cell.Step.Tolerance, cell.Fault),
            Service.Compass => OfCompass(cell.Fault),
            Service.Subgraph or Service.Market => OfIndex(cell.Step.Tolerance, cell.Fault),
            Service.Scheduler => cell.Fault.Kind is FaultKind.Ambiguous or FaultKind.InvalidText ? null : "WorkerpoolApiError", // workers' text is not checked
            _ => OfGateway(cell.Fault),
        };
    }

    /// <summary>Whether the command recovers from this fault when it happens once.</summary>
    private static bool IsRetried(Cell cell) =>
        cell.Fault.Kind is FaultKind.Unreachable or FaultKind.WrongUrl or FaultKind.Transient or FaultKind.Truncated or FaultKind.NodeError
        || (cell.Step.Service == Service.Node && cell.Fault.Kind is FaultKind.Malformed or FaultKind.Ambiguous)
        || (cell.Fault.IsTooLong && cell.Step.IsRepeated)
        || (cell.Step.RetriesSmaller && (cell.Fault.Kind == FaultKind.TooLarge || (cell.Fault.Kind == FaultKind.Rejected && cell.Fault.Status != 301)))
        || cell.Step.Tolerance is Tolerance.PollsAgain or Tolerance.HasOtherSource or Tolerance.AwaitsReceipt or Tolerance.LooksUpTransaction;

    private static string? OfNode(Tolerance tolerance, Fault fault)
    {
        var isContent = fault.Kind is FaultKind.NodeError or FaultKind.WrongContent or FaultKind.InvalidText || fault.IsTooLong;
        return tolerance switch
        {
            Tolerance.HasOtherSource when isContent && !fault.IsRateLimit => null,
            Tolerance.HasOtherMethod when isContent => null,
            Tolerance.ContinuesWithout when isContent && !fault.IsRateLimit => null,
            Tolerance.PollsAgain or Tolerance.HasOtherSource => "OperationTimedOut",
            Tolerance.LooksUpTransaction when fault.Kind is not (FaultKind.Unreachable or FaultKind.WrongUrl) => null,
            Tolerance.LooksUpTransaction or Tolerance.AwaitsReceipt => "ClaimNotConfirmed",
            _ when fault.IsRateLimit => "RateLimited",
            _ => isContent ? "RpcError" : "RpcUnavailable",
        };
    }

    /// <summary>An unusable response means that the workerpool has not published its API URL.</summary>
    private static string? OfCompass(Fault fault) => fault.Kind switch
    {
        FaultKind.Ambiguous => null,
        FaultKind.Malformed or FaultKind.WrongContent or FaultKind.InvalidText => "WorkerpoolApiUndeclared",
        FaultKind.Rejected when fault.Status != 301 => "WorkerpoolApiUndeclared",
        _ => "WorkerpoolApiError",
    };

    private static string? OfIndex(Tolerance tolerance, Fault fault) => tolerance == Tolerance.HasOtherSource || fault.Kind == FaultKind.Ambiguous ? null : "IndexError";

    private static string OfGateway(Fault fault) => fault.Kind switch
    {
        FaultKind.Malformed => "ResultCorrupt",
        FaultKind.TooLarge => "ArchiveUnsafe",
        _ => fault.IsRateLimit ? "RateLimited" : "GatewayError",
    };
}
