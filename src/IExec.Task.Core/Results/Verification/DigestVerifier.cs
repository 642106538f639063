using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results.Archives;

namespace IExec.Tasks.Results.Verification;

/// <summary>Compares an archive with the digest that the task's workers agreed on.</summary>
/// <param name="task">The completed task.</param>
/// <param name="maximumLength">The most bytes to expand.</param>
internal sealed class DigestVerifier(IExecTask task, long maximumLength)
{
    private const string ErrorFile = "error.txt";
    private const int ErrorTextLength = 600;
    private const int ErrorTextLines = 5;

    private readonly Bytes32 _digest = Bytes32.Parse(task.ResultDigest);

    /// <summary>Whether the values on the chain are consistent: the consensus value is keccak256(task id, result digest).</summary>
    public bool IsConsistent
    {
        get
        {
            Span<byte> bytes = stackalloc byte[64];
            Bytes32.Parse(task.TaskId).CopyTo(bytes);
            _digest.CopyTo(bytes[32..]);
            return new Bytes32(Keccak256.Hash(bytes)).Equals(Bytes32.Parse(task.ConsensusValue));
        }
    }

    /// <summary>Whether the callback bytes on the chain match the digest. Only a task of a deal with a callback has such bytes, and its digest is theirs.</summary>
    public DigestVerification VerifyCallback() => IsDigestOf(task.ResultsCallback)
        ? new(true, null)
        : new(false, "the callback bytes do not match what the workers agreed on");

    /// <summary>Verifies an archive.</summary>
    public DigestVerification Verify(ResultArchive archive, TransferMeter meter, CancellationToken cancellationToken)
    {
        try
        {
            var computed = ComputedFile.Read(archive);
            if (task.ResultsCallback.Length > 2)
                return VerifyCallbackIn(computed);
            if (computed?.OutputPath is not { } path)
                return new(null, $"the archive has no {ComputedFile.Name} that names its deterministic output");

            var output = DeterministicOutput.Find(archive, path);
            if (output.Files.Sum(file => file.Length) > maximumLength)
                return new(null, "the deterministic output expands to more than -MaximumSizeMB allows");

            return output.Hash(meter, cancellationToken).Contains(_digest)
                ? new(true, null, ErrorText: output is { IsFile: true, Name: ErrorFile } ? ReadErrorText(archive, output.Files[0]) : null)
                : new(false, "the archive's deterministic output does not match what the workers agreed on");
        }
        catch (InvalidDataException e)
        {
            return new(null, Redaction.Untrusted($"the archive cannot be read: {e.Message}"), IsReadable: false);
        }
    }

    private DigestVerification VerifyCallbackIn(ComputedFile? computed)
    {
        var onChain = VerifyCallback();
        if (onChain.IsTrue != true)
            return onChain;
        if (computed?.CallbackData is not { } data)
            return new(null, "the digest covers the callback bytes, which match it, and the archive does not contain them");
        return IsDigestOf(data) ? new(true, null) : new(false, "the archive's callback bytes do not match what the workers agreed on");
    }

    private bool IsDigestOf(string hex)
    {
        try
        {
            return new Bytes32(Keccak256.Hash(Hex.Decode(hex))).Equals(_digest);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string ReadErrorText(ResultArchive archive, ArchiveEntry entry)
    {
        var buffer = new byte[ErrorTextLength];
        using var stream = archive.OpenEntry(entry);
        var length = stream.Fill(buffer);

        var lines = Encoding.UTF8.GetString(buffer, 0, length).Split('\n').Take(ErrorTextLines).Select(line => Redaction.Untrusted(line.TrimEnd()));
        return string.Join(Environment.NewLine, lines).TrimEnd();
    }
}
