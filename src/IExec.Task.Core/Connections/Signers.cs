using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Connections;

/// <summary>Creates signers from a private key, or from a key file and its password.</summary>
internal static class Signers
{
    private const string WhatAKeyIs = "Pass the 64 hexadecimal digits of an Ethereum private key as a SecureString; 0x in front is fine.";

    /// <summary>Makes a signer from the digits of a private key.</summary>
    /// <exception cref="IExecException">KeyInvalid.</exception>
    public static ISigner FromPrivateKey(SecretBytes digits)
    {
        try
        {
            return new PrivateKeySigner(PrivateKey.FromHex(digits));
        }
        catch (KeyFormatException exception)
        {
            throw new IExecException(IExecErrorId.KeyInvalid, exception.Message, WhatAKeyIs, exception);
        }
    }

    /// <summary>Makes a signer from a key file of the Web3 secret storage, version 3.</summary>
    /// <param name="path">The file, or a folder of such files: see <see cref="KeystoreFolder"/>.</param>
    /// <param name="password">The file's password.</param>
    /// <param name="account">The account; null for the file's, or the newest file's.</param>
    /// <param name="cancellationToken">Cancels the work, including the key derivation.</param>
    /// <exception cref="IExecException">KeyInvalid or PasswordWrong.</exception>
    public static async Task<ISigner> FromKeystoreAsync(string path, SecretBytes password, Address? account, CancellationToken cancellationToken)
    {
        var file = Directory.Exists(path) ? KeystoreFolder.Find(path, account) : path;
        var signer = new PrivateKeySigner(await OpenAsync(file, password, cancellationToken).ConfigureAwait(false));
        if (account is null || signer.Address.Equals(account.Value))
            return signer;

        signer.Dispose();
        throw new IExecException(IExecErrorId.KeyInvalid, $"The key file {file} is for {signer.Address}, not for {account}.");
    }

    private static async Task<PrivateKey> OpenAsync(string file, SecretBytes password, CancellationToken cancellationToken)
    {
        try
        {
            var content = JsonText.ToUtf8(await ReadAsync(file, cancellationToken).ConfigureAwait(false));
            return await KeystoreV3.OpenAsync(content, password, cancellationToken).ConfigureAwait(false);
        }
        catch (WrongPasswordException exception)
        {
            throw new IExecException(IExecErrorId.PasswordWrong, $"The password does not open the key file {file}.", innerException: exception);
        }
        catch (KeyFormatException exception)
        {
            throw new IExecException(IExecErrorId.KeyInvalid, $"The key file {file} cannot be used. {exception.Message}", innerException: exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IExecException(IExecErrorId.KeyInvalid, $"The key file cannot be read. {exception.Message}", innerException: exception);
        }
    }

    /// <summary>Reads up to one byte more than the limit, so that the length check fails for a file that is too long.</summary>
    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true);
        var content = new byte[KeystoreV3.MaxFileLength + 1];
        var length = 0;
        while (length < content.Length
            && await stream.ReadAsync(content, length, content.Length - length, cancellationToken).ConfigureAwait(false) is var read and > 0)
            length += read;

        Array.Resize(ref content, length);
        return content;
    }
}
