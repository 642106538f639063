using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Reports;

/// <summary>
/// A headless Chromium that opens pages in files. Every network request goes to a server of the test, whatever its host. The pages that measure have a script;
/// the pages under test are in a frame of them, unchanged.
/// </summary>
internal sealed partial class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] OwnHosts = [".google.com", ".googleapis.com", ".gvt1.com"];

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iexec-chromium-");
    private readonly FaultyHttpServer _proxy;

    private Chromium(FaultyHttpServer proxy) => _proxy = proxy;

    /// <summary>The program; null when it is not installed.</summary>
    public static string? Program { get; } = Names
        .SelectMany(name => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>The hosts that pages made requests to; Chromium itself makes some, for updates and the time.</summary>
    public IEnumerable<string> AskedHosts =>
        _proxy.Requests.Select(request => request.Header("Host")!.Split(':')[0]).Where(host => !Array.Exists(OwnHosts, own => host.EndsWith(own, StringComparison.Ordinal)));

    public static async Task<Chromium> StartAsync() => new(await FaultyHttpServer.StartAsync());

    /// <summary>Measures a page in a frame of a width.</summary>
    public async Task<PageMeasure> MeasureAsync(string page, int width, bool isDark)
    {
        var frame = Frame("measure", $"<iframe src='{new Uri(page)}' style='width:{width}px;height:900px;border:0'></iframe><pre></pre><script>{Measuring}</script>");
        var dom = await RunAsync(isDark, "--allow-file-access-from-files", "--window-size=1400,1000", "--dump-dom", frame);
        return JsonSerializer.Deserialize<PageMeasure>(WebUtility.HtmlDecode(Measured().Match(dom).Groups["json"].Value), JsonSerializerOptions.Web)!;
    }

    /// <summary>Takes a screenshot of a page in frames side by side, each scrolled to a heading: a window of Chromium is at least 500 pixels wide.</summary>
    public Task<string> ShootAsync(string page, string image, int width, int height, bool isDark, params string[] headings)
    {
        var frames = headings.Select(heading => $"<iframe data-heading='{heading}' src='{new Uri(page)}' style='width:{width}px;height:{height}px;border:0;margin-right:16px'></iframe>");
        var frame = Frame("frames", $"<style>body{{margin:0;display:flex;background:#777}}iframe:last-of-type{{margin:0!important}}</style>{string.Concat(frames)}<script>{Scrolling}</script>");
        var total = (width * headings.Length) + (16 * (headings.Length - 1));
        return RunAsync(isDark, "--allow-file-access-from-files", $"--window-size={total},{height}", $"--screenshot={image}", frame);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private const string Measuring = """
        onload = () => {
            const page = frames[0].document, width = page.documentElement.clientWidth;
            const all = [...page.body.querySelectorAll('*')];
            const seen = element => element.getClientRects().length > 0;
            const outside = all.filter(element => !element.closest('thead') && seen(element) && element.getBoundingClientRect().right > width + 1);
            const sizes = all.filter(element => seen(element) && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                .map(element => parseFloat(frames[0].getComputedStyle(element).fontSize));
            const bars = [...page.querySelectorAll('.lane rect')].map(bar => bar.getBoundingClientRect());
            document.querySelector('pre').textContent = JSON.stringify({
                width, scrollWidth: page.documentElement.scrollWidth, height: page.documentElement.scrollHeight,
                outside: outside.map(element => element.outerHTML.slice(0, 200)),
                bars: bars.length, narrowestBar: Math.min(...bars.map(bar => bar.width)), lowestBar: Math.min(...bars.map(bar => bar.height)),
                smallestText: Math.min(...sizes), background: frames[0].getComputedStyle(page.documentElement).backgroundColor,
                styled: frames[0].getComputedStyle(page.querySelector('h2') ?? page.body).marginBottom,
            });
        };
        """;

    private const string Scrolling = """
        onload = () => {
            for (const frame of document.querySelectorAll('iframe')) {
                const heading = [...frame.contentDocument.querySelectorAll('h2')].find(heading => heading.textContent === frame.dataset.heading);
                heading?.parentElement.scrollIntoView();
            }
        };
        """;

    [GeneratedRegex("<pre>(?<json>[^<]*)</pre>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Measured();

    private string Frame(string name, string body)
    {
        var path = Path.Combine(_folder.FullName, name + ".html");
        File.WriteAllText(path, $"<!DOCTYPE html><meta charset='utf-8'><body>{body}</body>");
        return new Uri(path).ToString();
    }

    private async Task<string> RunAsync(bool isDark, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program ?? throw new InvalidOperationException("Chromium is not installed (Debian: apt-get install chromium)."))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] own =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            $"--user-data-dir={Path.Combine(_folder.FullName, "profile")}", $"--proxy-server={_proxy.Url.Authority}", "--proxy-bypass-list=<-loopback>",
            $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1).ToString(CultureInfo.InvariantCulture)}",
        ];
        foreach (var argument in own.Concat(arguments))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(LongestRun);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"Chromium has not ended after {LongestRun}.", exception);
        }

        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }
}
