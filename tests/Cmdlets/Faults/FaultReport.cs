using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>The results of the matrix as tables.</summary>
internal sealed class FaultReport(IReadOnlyList<CellResult> results)
{
    /// <summary>The cells with a wrong outcome.</summary>
    public IReadOnlyList<string> Wrong { get; } = [.. results.Where(result => result.Problem is not null).Select(result => $"{result.Cell}: {result.Problem}").Order()];

    public override string ToString()
    {
        var text = new StringBuilder();
        Tabulate(text, "step", results.GroupBy(result => result.Cell.Step.Name));
        Tabulate(text, "fault", results.GroupBy(result => result.Cell.Fault.Name));
        return text.AppendJoin('\n', Wrong).AppendLine().Append(Totals(results)).ToString();
    }

    private static void Tabulate(StringBuilder text, string what, IEnumerable<IGrouping<string, CellResult>> groups)
    {
        text.AppendLine($"| {what} | cells | survived | right error | wrong |").AppendLine("|---|---|---|---|---|");
        foreach (var group in groups.OrderBy(group => group.Key))
            text.AppendLine($"| {group.Key} | {group.Count()} | {Survived(group)} | {RightError(group)} | {group.Count() - Survived(group) - RightError(group)} |");
        text.AppendLine();
    }

    private static string Totals(IReadOnlyList<CellResult> all) =>
        $"{all.Count} cells: {Survived(all)} survived, {RightError(all)} right error, {all.Count - Survived(all) - RightError(all)} wrong";

    private static int Survived(IEnumerable<CellResult> cells) => cells.Count(cell => cell is { Problem: null, ErrorId: null });

    private static int RightError(IEnumerable<CellResult> cells) => cells.Count(cell => cell is { Problem: null, ErrorId: not null });
}
