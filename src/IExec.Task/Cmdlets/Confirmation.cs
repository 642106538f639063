using System;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace IExec.Tasks.Cmdlets;

/// <summary>
/// Prompts, as ShouldProcess does, before something that cannot be undone. <c>-Force</c> skips the prompt, but overrides neither
/// <c>-WhatIf</c> nor an explicit <c>-Confirm</c>; unlike a lowered <c>$ConfirmPreference</c>, it applies to this cmdlet only.
/// </summary>
internal sealed class Confirmation(PSCmdlet cmdlet, bool force)
{
    private const string WhatIf = nameof(WhatIf);
    private const string Confirm = nameof(Confirm);

    /// <summary>Whether <c>-WhatIf</c> is on: by the parameter, or else by <c>$WhatIfPreference</c>.</summary>
    public bool IsWhatIf => LanguagePrimitives.IsTrue(
        cmdlet.MyInvocation.BoundParameters.TryGetValue(WhatIf, out var bound) ? bound : cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>Whether to go on.</summary>
    /// <param name="description">What is done, for <c>-WhatIf</c> and <c>-Verbose</c>.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="caption">The question's title.</param>
    public bool Ask(string description, string question, string caption)
    {
        if (force && !IsWhatIf && !cmdlet.MyInvocation.BoundParameters.ContainsKey(Confirm))
            return true;
        try
        {
            return cmdlet.ShouldProcess(description, question, caption);
        }
        catch (Exception exception) when (exception is HostException or PSInvalidOperationException)
        {
            cmdlet.ThrowTerminatingError(new ErrorRecord(exception, "ConfirmationImpossible", ErrorCategory.InvalidOperation, null)
            {
                ErrorDetails = new ErrorDetails($"Nothing was done: {cmdlet.MyInvocation.MyCommand.Name} asks for confirmation, and this session cannot prompt. Run it with -Force; -WhatIf shows what it would do.")
                {
                    RecommendedAction = "Check with -WhatIf what it would do, then run it with -Force.",
                },
            });
            throw;
        }
    }
}
