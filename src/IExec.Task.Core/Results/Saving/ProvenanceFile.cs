using System;
using System.IO;
using System.Text.Json;

namespace IExec.Tasks.Results.Saving;

/// <summary>The JSON file beside a result with its task, its origin and what was verified.</summary>
internal static class ProvenanceFile
{
    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>The path of the file of a result.</summary>
    public static string PathOf(string target) => target + ".provenance.json";

    /// <summary>Writes the file, in one step.</summary>
    public static void Write(IExecTask task, IExecTaskResult result)
    {
        var content = new
        {
            task.TaskId,
            task.DealId,
            task.Index,
            task.ChainId,
            result.Storage,
            result.Location,
            result.Cid,
            task.ResultDigest,
            task.ConsensusValue,
            File = Path.GetFileName(result.Path),
            result.Length,
            result.IsEncrypted,
            result.IsDecrypted,
            result.CidVerified,
            result.DigestVerified,
            result.Reason,
            SavedAt = DateTimeOffset.UtcNow,
        };
        var path = PathOf(result.Path);
        var partial = path + ".partial";
        LocalFiles.Write(partial, JsonSerializer.SerializeToUtf8Bytes(content, Layout));
        LocalFiles.Move(partial, path, overwrite: true);
    }
}
