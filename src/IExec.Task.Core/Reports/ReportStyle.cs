using System;
using System.IO;
using System.Text;

namespace IExec.Tasks.Reports;

/// <summary>The style sheet of a report, and the Content-Security-Policy that allows nothing else.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public static string Sheet { get; } = Read();

    /// <summary>The Content-Security-Policy of a report: no script, no request, and only this style sheet, by its hash.</summary>
    public static string Policy { get; } = $"default-src 'none'; style-src 'sha256-{Hash(Sheet)}'; base-uri 'none'; form-action 'none'";

    private static string Read()
    {
        using var stream = typeof(ReportStyle).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Hash(string text)
    {
        var hash = new byte[Sha256.Length];
        Sha256.Hash(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToBase64String(hash);
    }
}
