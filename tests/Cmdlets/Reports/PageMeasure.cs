namespace IExec.Tasks.CmdletTests.Reports;

/// <summary>How a page looks in a browser.</summary>
/// <param name="Width">The width of its frame, in pixels.</param>
/// <param name="ScrollWidth">The width that it needs.</param>
/// <param name="Height">Its height.</param>
/// <param name="Outside">The beginnings of elements that stick out to the right.</param>
/// <param name="Bars">How many bars the chart has.</param>
/// <param name="NarrowestBar">The width of the narrowest, in pixels.</param>
/// <param name="LowestBar">The height of the lowest, in pixels.</param>
/// <param name="SmallestText">The smallest font, in pixels.</param>
/// <param name="Background">The colour of the ground.</param>
/// <param name="Styled">The margin below the headings, which a browser's own style sheet sets otherwise.</param>
internal sealed record PageMeasure(
    int Width, int ScrollWidth, int Height, string[] Outside, int Bars, double? NarrowestBar, double? LowestBar, double? SmallestText, string Background, string Styled);
