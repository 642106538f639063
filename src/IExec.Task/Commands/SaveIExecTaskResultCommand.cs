using System;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Http;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Crypto;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Saving;
using IExec.Tasks.Tasks;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Commands;

/// <summary>
/// Saves the results of completed tasks from IPFS. What lands on disk is what the workers agreed on, or nothing lands: every
/// block is checked against the CID, and the archive's deterministic output against the task's digest.
/// </summary>
[Cmdlet(VerbsData.Save, "IExecTaskResult", DefaultParameterSetName = ByPath, SupportsShouldProcess = true, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskResult))]
public sealed class SaveIExecTaskResultCommand : ConnectedCmdlet
{
    private const string ByPath = nameof(ByPath);
    private const string ByLiteralPath = nameof(ByLiteralPath);
    private const long Megabyte = 1024 * 1024;

    private readonly HttpClient _http = HttpClientFactory.Create(DecompressionMethods.None);
    private readonly SavedTargets _targets = new();
    private BeneficiaryKey? _key;
    private TaskReader _reader = null!;
    private ResultSaver _saver = null!;
    private ResultSaveOptions _options = null!;
    private ProgressReporter _bar = null!;
    private IProgress<ResultProgress> _progress = null!;

    /// <summary>The ids of completed tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [PlainText]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [AllowEmptyString]
    public string[] TaskId { get; set; } = [];

    /// <summary>
    /// The file to save one task's result to, or a folder, in which each result is named after its task; the current location without it. An
    /// existing folder, a path that ends in a slash, and any path with -Expand are folders, and are made if need be. Everything else is a file,
    /// which takes one task: the command never overwrites what it saved itself. Wildcards must match one thing.
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    /// <summary>As -Path, and taken as it is: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Replaces what was there before the command.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Expands the archive into a folder named after the task instead of saving it.</summary>
    [Parameter]
    public SwitchParameter Expand { get; set; }

    /// <summary>The PEM file with the RSA private key of the deal's beneficiary (PKCS#8 or PKCS#1), to decrypt an encrypted result.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BeneficiaryKeyPath { get; set; }

    /// <summary>The password of an encrypted key file.</summary>
    [Parameter]
    [ValidateNotNull]
    [Secret]
    public SecureString? BeneficiaryKeyPassword { get; set; }

    /// <summary>Takes the plain file as one gateway sends it, and keeps it even if it is not what the workers agreed on.</summary>
    [Parameter]
    public SwitchParameter SkipVerification { get; set; }

    /// <summary>The largest result that is accepted, and the most that it may expand to, in megabytes of 1,048,576 bytes.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumSizeMB { get; set; } = (int)(ResultSaveOptions.DefaultMaximumLength / Megabyte);

    /// <summary>Writes a JSON file beside the result that says what it is, where it came from and what was proved.</summary>
    [Parameter]
    public SwitchParameter Provenance { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (BeneficiaryKeyPath is not null)
            _key = OpenKey(BeneficiaryKeyPath);

        var session = await OpenSessionAsync(cancellationToken);
        var connection = session.Connection;
        _reader = new TaskReader(session);
        _saver = new ResultSaver(_http, connection.Gateways, connection.Timeout, connection.MaximumRetryCount, Diagnostics);
        _bar = new ProgressReporter(this, "Saving results");
        _progress = new Progress<ResultProgress>(Show); // comes back to the pipeline thread
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        _options = new ResultSaveOptions
        {
            Path = ResolveTarget(),
            IsPathGiven = Path is not null || LiteralPath is not null,
            Expand = Expand,
            Force = Force,
            SkipVerification = SkipVerification,
            Provenance = Provenance,
            MaximumLength = MaximumSizeMB * Megabyte,
            BeneficiaryKey = _key,
        };
        foreach (var taskId in TaskId)
        {
            try
            {
                await SaveAsync(taskId, cancellationToken);
            }
            catch (IExecException exception)
            {
                WriteFailure(exception, taskId);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        _bar.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _key?.Dispose();
            _http.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task SaveAsync(string taskId, CancellationToken cancellationToken)
    {
        var target = TaskReader.ById(taskId);
        var task = (await _reader.ReadAsync([target], cancellationToken))[0] ?? throw _reader.NotFound(target);
        Remember(task);
        var plan = ResultPlan.Create(task, _options);
        _targets.Claim(plan);
        if (!ShouldProcess(plan.Target, $"Save {plan.Source} of task {task.TaskId}"))
            return;

        var saved = await _saver.SaveAsync(plan, _progress, cancellationToken);
        foreach (var warning in saved.Warnings)
            WriteWarning(warning);
        Emit(saved.Result);
    }

    private string ResolveTarget()
    {
        if (LiteralPath is not null)
            return RequireFileSystem(LiteralPath);
        if (Path is null)
            return SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        if (!WildcardPattern.ContainsWildcardCharacters(Path))
            return RequireFileSystem(Path);

        var matches = SessionState.Path.GetResolvedPSPathFromPSPath(Path);
        return matches.Count == 1
            ? RequireFileSystem(matches.Single().Path)
            : throw new IExecException(IExecErrorId.FileAccessFailed, $"'{Path}' stands for {matches.Count} paths.", "Name one file or folder, or use -LiteralPath.");
    }

    private string RequireFileSystem(string path) => this.ToFileSystemPath(path)
        ?? throw new IExecException(IExecErrorId.FileAccessFailed, $"'{path}' is not in the file system.", "Name a file or folder on a disk.");

    private BeneficiaryKey OpenKey(string path)
    {
        using var password = BeneficiaryKeyPassword?.ToSecretBytes();
        return BeneficiaryKeyFile.Open(RequireFileSystem(path), password);
    }

    private void Show(ResultProgress progress)
    {
        var total = progress.Total is { } length ? $" of {ToMegabytes(length)}" : "";
        _bar.Report(
            $"{progress.Stage} {ToMegabytes(progress.Done)}{total} MB, {ToMegabytes((long)progress.BytesPerSecond)} MB/s",
            progress.Total is > 0 and var whole ? (double)progress.Done / whole : null,
            progress.Left is { } left ? (int)Math.Min(left.TotalSeconds, int.MaxValue) : null);
    }

    private static string ToMegabytes(long bytes) => FormattableString.Invariant($"{(double)bytes / Megabyte:0.0}");
}
