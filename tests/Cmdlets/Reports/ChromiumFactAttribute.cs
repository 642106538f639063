using System;

namespace IExec.Tasks.CmdletTests.Reports;

/// <summary>A test that needs Chromium. It fails where there is none, unless the gate has said that it could not be installed: then it is left out.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("IEXEC_WITHOUT_CHROMIUM") == "1")
            Skip = "Chromium is not there, and .ci/run could not install it.";
    }
}
