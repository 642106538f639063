using System.Linq;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>What must come of a cell, by rule: a step's own exceptions first, then what its service's faults mean.</summary>
internal static class Expectation
{
    /// <summary>The error that the command must end with; null when it must survive.</summary>
    public static string? Of(Cell cell)
    {
        if (cell.Step.Exceptions.FirstOrDefault(exception => exception.When(cell.Fault)) is { } exception)
            return exception.ErrorId;
        if (cell.Fault.Nature == Nature.Harmless || (cell.Fault.IsTooLong && cell.Step.HasOtherForm) || (!cell.Always && Passes(cell)))
            return null;
        return cell.Step.Service switch
        {
            not Service.Node when cell.Step.Tolerance == Tolerance.GoesWithout => null,
            Service.Node => OfNode(cell.Step.Tolerance, cell.Fault),
            Service.Compass => OfCompass(cell.Fault),
            Service.Subgraph or Service.Market => OfIndex(cell.Step.Tolerance, cell.Fault),
            Service.Scheduler => cell.Fault.Nature is Nature.Ambiguous or Nature.BadText ? null : "WorkerpoolApiError", // workers' text is shown as it comes
            _ => OfGateway(cell.Fault),
        };
    }

    /// <summary>Whether one time is none.</summary>
    private static bool Passes(Cell cell) =>
        cell.Fault.Nature is Nature.Unreachable or Nature.WrongUrl or Nature.Passing or Nature.BreaksOff or Nature.NodeError
        || (cell.Step.Service == Service.Node && cell.Fault.Nature is Nature.Nonsense or Nature.Ambiguous)
        || (cell.Fault.IsTooLong && cell.Step.IsAskedAgain)
        || (cell.Step.AsksForLess && (cell.Fault.Nature == Nature.TooLarge || (cell.Fault.Nature == Nature.Refusal && cell.Fault.Status != 301)))
        || cell.Step.Tolerance is Tolerance.LooksAgain or Tolerance.HasOtherSource or Tolerance.AwaitsReceipt or Tolerance.LooksUp;

    private static string? OfNode(Tolerance tolerance, Fault fault)
    {
        var isContent = fault.Nature is Nature.NodeError or Nature.WrongContent or Nature.BadText || fault.IsTooLong;
        return tolerance switch
        {
            Tolerance.HasOtherSource when isContent && !fault.IsRateLimit => null,
            Tolerance.HasOtherMethod when isContent => null,
            Tolerance.GoesWithout when isContent && !fault.IsRateLimit => null,
            Tolerance.LooksAgain or Tolerance.HasOtherSource => "OperationTimedOut",
            Tolerance.LooksUp when fault.Nature is not (Nature.Unreachable or Nature.WrongUrl) => null,
            Tolerance.LooksUp or Tolerance.AwaitsReceipt => "ClaimNotConfirmed",
            _ when fault.IsRateLimit => "RateLimited",
            _ => isContent ? "RpcError" : "RpcUnavailable",
        };
    }

    /// <summary>What Compass does not say is not declared, whatever it says instead.</summary>
    private static string? OfCompass(Fault fault) => fault.Nature switch
    {
        Nature.Ambiguous => null,
        Nature.Nonsense or Nature.WrongContent or Nature.BadText => "WorkerpoolApiUndeclared",
        Nature.Refusal when fault.Status != 301 => "WorkerpoolApiUndeclared",
        _ => "WorkerpoolApiError",
    };

    private static string? OfIndex(Tolerance tolerance, Fault fault) => tolerance == Tolerance.HasOtherSource || fault.Nature == Nature.Ambiguous ? null : "IndexError";

    private static string OfGateway(Fault fault) => fault.Nature switch
    {
        Nature.Nonsense => "ResultCorrupt",
        Nature.TooLarge => "ArchiveUnsafe",
        _ => fault.IsRateLimit ? "RateLimited" : "GatewayError",
    };
}
