using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Reports;

/// <summary>Writes the events of a report: a table for each task, and the accounts in them.</summary>
internal static class EventTables
{
    /// <summary>The maximum number of events of a task: of more, the first and last ones are listed.</summary>
    private const int MaxEventsPerTask = 100;

    /// <summary>The tables are expanded at first if there are no more events in total.</summary>
    private const int MaxOpenEvents = 200;

    private const int MaxAccounts = 100;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, DealReport report)
    {
        var accounts = new Dictionary<string, string>(StringComparer.Ordinal);
        var tasks = report.Tasks.Where(task => task.OwnEvents.Any()).ToList();
        var isOpen = tasks.Sum(task => task.OwnEvents.Count()) <= MaxOpenEvents;
        DealReportPage.BeginSection(html, "Events");
        WriteTable(html, report.Deal, [report.Tasks[0].Events[0]], accounts);
        WriteGaps(html, report, tasks);
        for (var i = 0; i < tasks.Count; i++)
        {
            if (html.Length > DealReportPage.MaxBytes)
            {
                html.Element("p", $"The events of {ReportText.Count(tasks.Count - i, "task")} more are left out. Get-IExecTaskEvent lists them, and so does a report of fewer tasks.", "note");
                break;
            }

            WriteTask(html, report.Deal, tasks[i], isOpen, accounts);
        }

        html.End();
        WriteAccounts(html, accounts);
    }

    private static void WriteGaps(HtmlWriter html, DealReport report, List<ReportedTask> tasks)
    {
        var without = report.Tasks.Where(task => !task.OwnEvents.Any()).Select(task => task.State.Index).ToList();
        if (without.Count > 0)
            html.Element("p", $"Nothing else has happened to {ReportText.Count(without.Count, "task")}: index {ReportText.Ranges(without)}.", "note");
        var silent = report.Tasks.Count(task => !task.IsKnownToScheduler);
        if (silent > 0)
            html.Element("p", $"The scheduler's view is missing for {silent} of {ReportText.Count(report.Tasks.Count, "task")}.", "note");
    }

    private static void WriteTask(HtmlWriter html, IExecDeal deal, ReportedTask task, bool isOpen, Dictionary<string, string> accounts)
    {
        var events = task.OwnEvents.ToList();
        html.Begin("details");
        if (isOpen)
            html.Set("open", "open");
        html.Begin("summary").Element("strong", $"Task {task.State.Index}").Text($" {task.State.StatusName}, {ReportText.Count(events.Count, "event")} ");
        html.Begin("span", "hex").Link(task.State.ExplorerUrl, task.State.TaskId).End().End();
        if (events.Count <= MaxEventsPerTask)
        {
            WriteTable(html, deal, events, accounts);
        }
        else
        {
            WriteTable(html, deal, events.Take(MaxEventsPerTask / 2), accounts);
            html.Begin("p", "note").Text($"{events.Count - MaxEventsPerTask} events are left out here: ").Element("code", $"Get-IExecTaskEvent {task.State.TaskId}").End();
            WriteTable(html, deal, events.Skip(events.Count - (MaxEventsPerTask / 2)), accounts);
        }

        html.End();
    }

    private static void WriteTable(HtmlWriter html, IExecDeal deal, IEnumerable<IExecTaskEvent> events, Dictionary<string, string> accounts)
    {
        html.Begin("table").Begin("thead").Begin("tr");
        foreach (var heading in new[] { "Time", "Source", "Event", "Account", "RLC", "What it means", "Transaction" })
            html.Element("th", heading);
        html.End().End().Begin("tbody");
        string? before = null;
        foreach (var happened in events)
        {
            html.Begin("tr").Element("td", happened.Timestamp is { } time ? ReportText.Moment(time) : "no date").Element("td", happened.Source.ToString());
            html.Element("td", ReportText.Limited(happened.Name), "name").Element("td", Account(deal, happened, accounts), "hex");
            html.Element("td", happened.AmountRlc is { } rlc ? Rlc.Number(rlc) : "", "number").Element("td", Meaning(happened), "text");
            var hash = happened.TransactionHash == before ? null : happened.TransactionHash;
            before = happened.TransactionHash;
            WriteTransaction(html.Begin("td", "hex"), deal.ChainId, hash);
            html.End().End();
        }

        html.End().End();
    }

    /// <summary>The transaction, shortened where it is a link; once if several events have the same.</summary>
    private static void WriteTransaction(HtmlWriter html, long chainId, string? hash)
    {
        if (hash is null || !Bytes32.TryParse(hash, out var parsed))
            html.Text(hash is null ? "" : ReportText.Limited(hash));
        else if (Explorer.Transaction(chainId, parsed.ToString()) is { } page)
            html.Link(page, ReportText.Short(hash));
        else
            html.Text(hash);
    }

    private static string Account(IExecDeal deal, IExecTaskEvent happened, Dictionary<string, string> accounts)
    {
        if ((happened.Worker ?? happened.Account) is not { } account)
            return "";
        if (!accounts.ContainsKey(account))
            accounts.Add(account, happened.Worker is not null ? "worker" : RoleOf(deal, account));
        return ReportText.Short(account);
    }

    private static string RoleOf(IExecDeal deal, string account)
    {
        var roles = new (string? Address, string Role)[]
        {
            (deal.Payer, "payer"), (deal.Requester, "requester"), (deal.Beneficiary, "beneficiary"), (deal.App.Owner, "owner of the app"),
            (deal.Dataset?.Owner, "owner of the dataset"), (deal.Workerpool.Owner, "owner of the workerpool"),
        };
        return string.Join(", ", roles.Where(role => role.Address == account).Select(role => role.Role));
    }

    private static string Meaning(IExecTaskEvent happened) =>
        string.Join(" ", new[] { happened.Cause is { } cause ? ReportText.Limited(cause) + "." : null, happened.Explanation }.OfType<string>());

    private static void WriteAccounts(HtmlWriter html, Dictionary<string, string> accounts)
    {
        if (accounts.Count == 0)
            return;
        DealReportPage.BeginSection(html, "Accounts").Begin("dl", "facts");
        foreach (var account in accounts.Take(MaxAccounts))
            html.Begin("div").Element("dt", ReportText.Short(account.Key), "hex").Begin("dd").Element("span", account.Key, "hex").Text($" {account.Value}").End().End();
        html.End();
        if (accounts.Count > MaxAccounts)
            html.Element("p", $"{accounts.Count - MaxAccounts} more accounts are not listed.", "note");
        html.End();
    }
}
