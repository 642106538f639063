namespace IExec.Tasks.Deals;

/// <summary>How far a search is.</summary>
/// <param name="Status">What was searched, with numbers.</param>
/// <param name="Fraction">How much of all, 0 to 1; null when that is not known.</param>
internal sealed record SearchProgress(string Status, double? Fraction = null);
