using System;
using System.IO;
using System.Text.Json;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Results.Verification;

/// <summary>The description of the output that an application writes, <c>computed.json</c> at the root of the archive (iexec-commons, <c>ComputedFile</c>).</summary>
/// <param name="OutputPath">The path of the deterministic output in the container, such as <c>/iexec_out/result.txt</c>.</param>
/// <param name="CallbackData">The hex bytes for the callback contract.</param>
internal sealed record ComputedFile(string? OutputPath, string? CallbackData)
{
    /// <summary>The file's name.</summary>
    public const string Name = "computed.json";

    private const int MaximumLength = 1024 * 1024; // it contains the callback data, which must fit a transaction

    /// <summary>Reads the file; null when the archive has none.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static ComputedFile? Read(ResultArchive archive)
    {
        if (archive.Find(Name) is not { } entry)
            return null;
        if (entry.Length > MaximumLength)
            throw new InvalidDataException($"its {Name} is too long");

        var bytes = new byte[entry.Length];
        using (var stream = archive.OpenEntry(entry))
        {
            stream.Fill(bytes);
        }

        try
        {
            using var json = JsonDocument.Parse(JsonText.ToUtf8(bytes));
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new(GetText(json.RootElement, "deterministic-output-path"), GetText(json.RootElement, "callback-data"))
                : throw new InvalidDataException($"its {Name} is not an object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not Unicode.
            throw new InvalidDataException($"its {Name} is not JSON", e);
        }
    }

    private static string? GetText(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
