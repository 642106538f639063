using System.Collections.Generic;

namespace IExec.Tasks.Reports;

/// <summary>The content of a deal's report.</summary>
/// <param name="Chain">The name of the chain.</param>
/// <param name="Deal">The deal with the amounts and the statuses of all its tasks.</param>
/// <param name="Tasks">The tasks that the report is about, in the order of their indexes; at least one.</param>
/// <param name="Diagnosis">The diagnosis of these tasks.</param>
internal sealed record DealReport(string Chain, IExecDeal Deal, IReadOnlyList<ReportedTask> Tasks, IReadOnlyList<IExecDealDiagnosis> Diagnosis);
