using System;
using System.IO;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.Results.Archives;

/// <summary>The file with the private key of a beneficiary, for encrypted results.</summary>
internal static class BeneficiaryKeyFile
{
    /// <summary>Opens a PEM file.</summary>
    /// <exception cref="IExecException">KeyInvalid or PasswordWrong.</exception>
    public static BeneficiaryKey Open(string path, SecretBytes? password)
    {
        byte[] pem = [];
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > BeneficiaryKey.MaxPemLength)
                throw new IExecException(IExecErrorId.KeyInvalid, $"The key file '{path}' is too long for a PEM file.");

            pem = File.ReadAllBytes(path);
            return BeneficiaryKey.FromPem(pem, password);
        }
        catch (WrongPasswordException e)
        {
            throw new IExecException(
                IExecErrorId.PasswordWrong, $"The key file '{path}' is encrypted: {e.Message}", "Pass its password with -BeneficiaryKeyPassword.", e);
        }
        catch (KeyFormatException e)
        {
            throw new IExecException(IExecErrorId.KeyInvalid, $"The key file '{path}' cannot be used: {e.Message}", innerException: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IExecException(IExecErrorId.KeyInvalid, $"The key file cannot be read: {e.Message}", innerException: e);
        }
        finally
        {
            Array.Clear(pem, 0, pem.Length);
        }
    }
}
