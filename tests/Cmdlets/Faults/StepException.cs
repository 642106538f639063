using System;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Faults of a step that end otherwise than the service's rule says.</summary>
/// <param name="When">Which faults.</param>
/// <param name="ErrorId">The error; null when they are survived.</param>
/// <param name="Because">Why that is right.</param>
internal sealed record StepException(Func<Fault, bool> When, string? ErrorId, string Because);
