using System.Management.Automation;

namespace IExec.Tasks.Cmdlets;

/// <summary>
/// Asks the user, as ShouldProcess does, before something that cannot be undone. <c>-Force</c> leaves the question out, but neither
/// overrules <c>-WhatIf</c> nor an explicit <c>-Confirm</c>; and unlike a lowered <c>$ConfirmPreference</c> it ends with the cmdlet.
/// </summary>
internal sealed class Confirmation(PSCmdlet cmdlet, bool force)
{
    private const string WhatIf = nameof(WhatIf);
    private const string Confirm = nameof(Confirm);

    /// <summary>Whether the user only wants to know what would be done: by the parameter, or else by <c>$WhatIfPreference</c>.</summary>
    public bool IsWhatIf => LanguagePrimitives.IsTrue(
        cmdlet.MyInvocation.BoundParameters.TryGetValue(WhatIf, out var bound) ? bound : cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>Whether to go on.</summary>
    /// <param name="description">What is done, for <c>-WhatIf</c> and <c>-Verbose</c>.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="caption">The question's title.</param>
    public bool Ask(string description, string question, string caption) =>
        (force && !IsWhatIf && !cmdlet.MyInvocation.BoundParameters.ContainsKey(Confirm)) || cmdlet.ShouldProcess(description, question, caption);
}
