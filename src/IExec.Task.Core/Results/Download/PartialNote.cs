using System;
using System.IO;
using System.Net.Http.Headers;
using System.Text.Json;

namespace IExec.Tasks.Results.Download;

/// <summary>
/// The note beside a partial file that was downloaded without its blocks: which file it is a part of. Without a matching note
/// such a download starts again. A download with blocks needs none, since it verifies what is there.
/// </summary>
/// <param name="Location">The location of the file.</param>
/// <param name="Tag">The strong entity tag (ETag) of the file.</param>
internal sealed record PartialNote(string Location, string Tag)
{
    private const int MaximumLength = 8192;

    /// <summary>The path of the note of a partial file.</summary>
    public static string PathOf(string partialPath) => partialPath + ".json";

    /// <summary>The tag with which the rest may be requested; null when there is no note for this location.</summary>
    public static EntityTagHeaderValue? TryRead(string partialPath, ResultLocation location)
    {
        try
        {
            var file = new FileInfo(PathOf(partialPath));
            var note = file.Exists && file.Length <= MaximumLength ? JsonSerializer.Deserialize<PartialNote>(File.ReadAllText(file.FullName)) : null;
            return note is not null
                && string.Equals(note.Location, location.ToString(), StringComparison.Ordinal)
                && EntityTagHeaderValue.TryParse(note.Tag, out var tag)
                ? tag
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the note, or deletes it when there is no strong tag.</summary>
    public static void Write(string partialPath, ResultLocation location, EntityTagHeaderValue? tag)
    {
        if (tag is null or { IsWeak: true })
            LocalFiles.TryDelete(PathOf(partialPath));
        else
            LocalFiles.Write(PathOf(partialPath), JsonSerializer.SerializeToUtf8Bytes(new PartialNote(location.ToString(), tag.ToString())));
    }
}
