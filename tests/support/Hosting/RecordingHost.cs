using System;
using System.Globalization;
using System.Management.Automation.Host;
using System.Reflection;

namespace IExec.Tasks.Hosting;

/// <summary>A console without a screen, which records its output.</summary>
internal sealed class RecordingHost(HostOptions options) : PSHost
{
    private readonly RecordingUserInterface _ui = new(options);

    public RecordingUserInterface Recording => _ui;

    public override string Name => "RecordingHost";

    public override Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _ui;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
