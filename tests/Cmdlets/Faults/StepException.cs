using System;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Faults of a step whose expected outcome differs from the rule.</summary>
/// <param name="When">Which faults.</param>
/// <param name="ErrorId">The expected error; null for success.</param>
/// <param name="Because">The reason.</param>
internal sealed record StepException(Func<Fault, bool> When, string? ErrorId, string Because);
