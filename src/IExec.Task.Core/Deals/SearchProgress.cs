namespace IExec.Tasks.Deals;

/// <summary>The progress of a search.</summary>
/// <param name="Status">What was searched, with numbers.</param>
/// <param name="Fraction">The fraction, 0 to 1; null when it is not known.</param>
internal sealed record SearchProgress(string Status, double? Fraction = null);
