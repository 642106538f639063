using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.CmdletTests.Views;
using IExec.Tasks.CmdletTests.Workerpools;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Reports;

/// <summary>
/// Reports in a browser. With UPDATE_GOLDEN=1 in the environment, the images of the documentation are renewed.
/// </summary>
public sealed class ChromiumTests : IAsyncLifetime
{
    private static readonly string Images = Path.Combine(RepositoryPaths.Root, ".github", "images");

    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-pages-").FullName;
    private DevnetChain _chain = null!;
    private Workerpool _pool = null!;
    private Chromium _chromium = null!;

    public async Task InitializeAsync()
    {
        _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        _pool = await Workerpool.StartAsync(_chain);
        _chromium = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _pool.DisposeAsync();
        await _chain.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [ChromiumFact]
    public async Task A_report_fits_wide_and_narrow_windows_light_and_dark_and_makes_no_request()
    {
        var deal = await ReportedDeal.RunAsync(_pool);
        var report = Export(deal.DealId);

        var light = await _chromium.MeasureAsync(report, 1280, isDark: false);
        var narrow = await _chromium.MeasureAsync(report, 400, isDark: true);

        AssertFits(light, 1280);
        AssertFits(narrow, 400);
        Assert.Equal(("rgb(255, 255, 255)", "rgb(18, 22, 28)"), (light.Background, narrow.Background));
        Assert.Equal(light.Bars, narrow.Bars);
        Assert.InRange(light.Bars, 20, 60);
        Assert.Empty(_chromium.AskedHosts);
        if (GoldenFile.IsUpdating)
            await MakeImagesAsync(report);
    }

    [ChromiumFact]
    public async Task A_report_of_a_thousand_tasks_fits_as_well()
    {
        var report = Export(_chain.State.Deals["bag"].DealId);

        var wide = await _chromium.MeasureAsync(report, 1280, isDark: true);
        var narrow = await _chromium.MeasureAsync(report, 400, isDark: false);

        AssertFits(wide, 1280);
        AssertFits(narrow, 400);
        Assert.InRange(wide.Bars, 1000, 5000);
        Assert.Empty(_chromium.AskedHosts);
    }

    [ChromiumFact]
    public async Task A_report_of_a_hostile_scheduler_fits_and_runs_nothing()
    {
        var task = _chain.State.Tasks["active"];
        var now = await _chain.GetTimestampAsync();
        var hostile = $"<script>document.title = 'run'</script><img src='http://host.example/x.png'>{new string('W', 5000)}";
        _pool.Scheduler.Add(task.TaskId, _pool.Requester.Address).Move(hostile, now).AddReplicate(_pool.Worker).Move(hostile, now, hostile).Move("COMPUTE_FAILED", now, hostile);
        var report = Export(task.DealId);

        AssertFits(await _chromium.MeasureAsync(report, 1280, isDark: false), 1280);
        AssertFits(await _chromium.MeasureAsync(report, 400, isDark: false), 400);
        Assert.Empty(_chromium.AskedHosts);
    }

    /// <summary>Checks the test itself: a request is detected, and one that the policy forbids is not made.</summary>
    [ChromiumFact]
    public async Task A_request_of_a_page_is_detected_and_the_reports_policy_blocks_it()
    {
        const string Asking = "<p>x</p><img src='http://host.example/x.png'>";
        var free = Path.Combine(_folder, "free.html");
        var bound = Path.Combine(_folder, "bound.html");
        await File.WriteAllTextAsync(free, Asking);
        var policy = new ReportDocument(Export(_chain.State.Tasks["active"].DealId)).Named("meta").Single(meta => meta.Attribute("http-equiv") is not null);
        await File.WriteAllTextAsync(bound, $"<meta http-equiv='Content-Security-Policy' content=\"{policy.Attribute("content")!.Value}\">{Asking}");

        await _chromium.MeasureAsync(bound, 400, isDark: false);
        Assert.Empty(_chromium.AskedHosts);
        await _chromium.MeasureAsync(free, 400, isDark: false);
        Assert.Contains("host.example", _chromium.AskedHosts);
    }

    private static void AssertFits(PageMeasure measure, int width)
    {
        Assert.Empty(measure.Outside);
        Assert.Equal((width, width), (measure.Width, measure.ScrollWidth));
        Assert.Equal("11.25px", measure.Styled); // the style sheet is allowed by its hash
        Assert.InRange(measure.Height, 1000, 200_000);
        Assert.InRange(measure.NarrowestBar!.Value, 1, width);
        Assert.InRange(measure.LowestBar!.Value, 4, 20);
        Assert.InRange(measure.SmallestText!.Value, 11, 16);
    }

    private string Export(string dealId)
    {
        using var host = _pool.Connect(null);
        var path = Path.Combine(_folder, dealId + ".html");
        host.Invoke($"Export-IExecDealReport {dealId} -Path '{path}' -WarningAction Ignore").ThrowOnError();
        return path;
    }

    private async Task MakeImagesAsync(string report)
    {
        Directory.CreateDirectory(Images);
        await _chromium.ShootAsync(report, Path.Combine(Images, "report-1280-light.png"), 1280, 700, isDark: false, "Chart");
        await _chromium.ShootAsync(report, Path.Combine(Images, "report-400-dark.png"), 400, 780, isDark: true, "Amounts", "Chart");
    }
}
