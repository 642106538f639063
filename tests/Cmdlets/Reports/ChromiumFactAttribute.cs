using System;

namespace IExec.Tasks.CmdletTests.Reports;

/// <summary>A test that needs Chromium. Without it, the test fails, unless the gate has set that it could not be installed: then the test is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("IEXEC_WITHOUT_CHROMIUM") == "1")
            Skip = "Chromium is not there, and .ci/run could not install it.";
    }
}
