using System;
using System.Globalization;
using System.Linq;

namespace IExec.Tasks.Reports;

/// <summary>Writes the report of a deal: one self-contained HTML file, without script and without requests to any host.</summary>
internal static class DealReportPage
{
    /// <summary>No more events are written once the file has this many bytes, so that it stays below 3 MB with the rest.</summary>
    internal const int MaxBytes = 2_800_000;

    /// <summary>Writes the report.</summary>
    public static byte[] Write(DealReport report)
    {
        using var html = new HtmlWriter();
        html.Set("lang", "en");
        WriteHead(html, report.Deal);
        html.Begin("body").Begin("main");
        WriteTitle(html, report);
        WriteSummary(html, report);
        WriteAmounts(html, report.Deal);
        WriteDiagnosis(html, report);
        GanttChart.Write(html, report);
        EventTables.Write(html, report);
        html.End().End().End();
        return html.ToArray();
    }

    private static void WriteHead(HtmlWriter html, IExecDeal deal)
    {
        html.Begin("head");
        html.Begin("meta").Set("charset", "utf-8").EndEmpty();
        html.Begin("meta").Set("http-equiv", "Content-Security-Policy").Set("content", ReportStyle.Policy).EndEmpty();
        html.Begin("meta").Set("name", "viewport").Set("content", "width=device-width, initial-scale=1").EndEmpty();
        html.Begin("meta").Set("name", "color-scheme").Set("content", "light dark").EndEmpty();
        html.Element("title", $"iExec deal {ReportText.Short(deal.DealId)}");
        html.Element("style", ReportStyle.Sheet);
        html.End();
    }

    private static void WriteTitle(HtmlWriter html, DealReport report)
    {
        var deal = report.Deal;
        html.Begin("header").Element("p", $"iExec deal on {report.Chain} (chain {deal.ChainId})", "kicker");
        html.Begin("h1").Link(deal.ExplorerUrl, deal.DealId).End();
        html.Element("p", $"As of {ReportText.Moment(report.Tasks[0].State.BlockTimestamp)} on the chain's clock. All times are UTC, all amounts are RLC.").End();
    }

    private static void WriteSummary(HtmlWriter html, DealReport report)
    {
        var deal = report.Deal;
        BeginSection(html, "Summary").Begin("dl", "facts");
        Fact("Tasks", $"{deal.BotSize}: {deal.Tasks}");
        if (report.Tasks.Count < deal.BotSize)
            Fact("In this report", $"{ReportText.Count(report.Tasks.Count, "task")}: index {ReportText.Ranges(report.Tasks.Select(task => task.State.Index))}");
        Fact("Made", ReportText.Moment(deal.StartTime));
        Fact("Contributions end", ReportText.Moment(deal.ContributionDeadline));
        Fact("Final deadline", ReportText.Moment(deal.FinalTime));
        Fact("Category", $"{ReportText.Limited(deal.CategoryName)}, unit of time {DurationText.Of(deal.TimeRef)}");
        Fact("Trust", deal.Trust.ToString(CultureInfo.InvariantCulture));
        Fact("Tag", deal.TagNames.Length > 0 ? string.Join(", ", deal.TagNames) : "none");
        Resource("App", deal.App);
        Resource("Dataset", deal.Dataset);
        Resource("Workerpool", deal.Workerpool);
        Fact("Requester", deal.Requester, "hex");
        Fact("Beneficiary", deal.Beneficiary, "hex");
        Fact("Payer", deal.Payer, "hex");
        if (deal.Callback is { } callback)
            Fact("Callback", callback, "hex");
        Fact("Parameters", ReportText.Limited(deal.Params), "text");
        html.End().End();

        void Fact(string name, string value, string? cssClass = null) => html.Begin("div").Element("dt", name).Element("dd", value, cssClass).End();

        void Resource(string name, IExecDealResource? resource)
        {
            if (resource is null)
                return;
            html.Begin("div").Element("dt", name).Begin("dd").Element("p", resource.Address, "hex");
            html.Begin("p", "note").Text($"{Rlc.Text(resource.PriceRlc)} a task; owner ").Element("span", resource.Owner, "hex").End().End().End();
        }
    }

    private static void WriteAmounts(HtmlWriter html, IExecDeal deal)
    {
        BeginSection(html, "Amounts");
        html.Element("p", $"Of the whole deal: {ReportText.Count(deal.BotSize, "task")}, {Rlc.Text(deal.TaskPriceRlc)} each.", "note").Begin("dl", "money");
        Amount("Paid", deal.PaidRlc, deal.BotSize, "bought");
        Amount("Spent", deal.SpentRlc, deal.Tasks.Completed, "completed");
        Amount("Refunded", deal.RefundedRlc, deal.Tasks.Failed, "claimed");
        Amount("Locked", deal.LockedRlc, deal.BotSize - deal.Tasks.Completed - deal.Tasks.Failed, "open");
        Amount("Refundable", deal.RefundableRlc, deal.ClaimableCount, "claimable");
        html.End().End();

        void Amount(string name, decimal rlc, long tasks, string what) =>
            html.Begin("div").Element("dt", name).Begin("dd").Element("strong", Rlc.Text(rlc)).Element("p", $"{ReportText.Count(tasks, "task")} {what}", "note").End().End();
    }

    private static void WriteDiagnosis(HtmlWriter html, DealReport report)
    {
        BeginSection(html, "Diagnosis");
        foreach (var group in report.Diagnosis)
        {
            html.Begin("article").Begin("p");
            html.Element("strong", group.Verdict.ToString(), "verdict").Text($" {group.Count} of {ReportText.Count(group.Of, "task")}. {group.Summary}").End();
            html.Element("p", $"Index {ReportText.Ranges(group.Tasks.Select(task => task.Index))}", "note");
            html.Begin("p").Text("Next: ").Element("code", group.NextStep).Text(When(group)).End();
            foreach (var unknown in group.Tasks.SelectMany(task => task.Unknown).Distinct(StringComparer.Ordinal).Take(3))
                html.Element("p", $"Not known: {unknown}", "note");
            html.End();
        }

        html.End();
    }

    private static string When(IExecDealDiagnosis group)
    {
        var from = group.From is { } first ? $" from {ReportText.Moment(first)} on" : "";
        var by = group.By is { } last ? $" by {ReportText.Moment(last)}" : "";
        return from + by;
    }

    /// <summary>Starts a section with its heading.</summary>
    internal static HtmlWriter BeginSection(HtmlWriter html, string heading) => html.Begin("section").Element("h2", heading);
}
