using System.Collections.Generic;

namespace IExec.Tasks.Results.Saving;

/// <summary>A result that was saved, and the warnings about it.</summary>
/// <param name="Result">The result.</param>
/// <param name="Warnings">Sentences.</param>
internal sealed record SavedResult(IExecTaskResult Result, IReadOnlyList<string> Warnings);
