using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using IExec.Tasks.Crypto;
using IExec.Tasks.Crypto.Keystores;

namespace IExec.Tasks.Fuzzing.Targets;

/// <summary>Key files, and data encrypted for them.</summary>
internal static class KeyTargets
{
    private const int DecryptionBuffers = 1024 * 1024;

    /// <summary>Reading an RSA key checks its primes, with numbers that are not reused.</summary>
    private const int PrimeTests = 8 * 1024 * 1024;

    private static readonly string[] Labels = ["PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"];

    /// <summary>The password of the encrypted keys in the corpus.</summary>
    private static readonly SecretBytes Password = new(Encoding.UTF8.GetBytes("pässwörd"));

    private static readonly Lazy<BeneficiaryKey> Key = new(() => BeneficiaryKey.FromPem(Corpus.Read("pem", "TEST-ONLY-pkcs1")));

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("keystore", input => KeystoreFile.Parse(input), typeof(KeyFormatException)) { IsJson = true },
        new("pem", input => ReadPem(input, null), typeof(KeyFormatException), typeof(WrongPasswordException)) { AllocationBase = PrimeTests, Slowness = 10 },
        new("pem-encrypted", input => ReadPem(input, Password), typeof(KeyFormatException), typeof(WrongPasswordException)) { AllocationBase = PrimeTests, Slowness = 20 },
        new("der", ReadDer, typeof(KeyFormatException), typeof(WrongPasswordException)) { AllocationBase = PrimeTests, Slowness = 20 },
        new("wrapped-key", input => Key.Value.Unwrap(input).Dispose(), typeof(ResultDecryptionException)) { AllocationBase = PrimeTests, Slowness = 20 },
        new("payload", DecryptAsync, typeof(ResultDecryptionException)) { AllocationBase = DecryptionBuffers, Slowness = 2 },
        new("signature", Recover, typeof(FormatException)) { Slowness = 10 },
    ];

    private static void ReadPem(byte[] input, SecretBytes? password)
    {
        using var key = BeneficiaryKey.FromPem(input, password);
        Require.That(key.KeySize > 0, "a key has a length");
    }

    /// <summary>What is in a PEM file, without the base64 that few changes get through; the first byte tells the label.</summary>
    private static void ReadDer(byte[] input)
    {
        var label = Labels[input.FirstOrDefault() % Labels.Length];
        ReadPem(Encoding.ASCII.GetBytes(PemEncoding.WriteString(label, input.AsSpan(Math.Min(1, input.Length)))), Password);
    }

    /// <summary>The first byte tells the form: of today's workers, or of older ones.</summary>
    private static async Task DecryptAsync(byte[] input)
    {
        using var key = new ResultKey(new SecretBytes(new byte[input.FirstOrDefault() == 0 ? 32 : 16]));
        using var plain = new MemoryStream();
        await key.DecryptAsync(new MemoryStream([.. input.Skip(1)]), plain);
        Require.That(plain.Length < input.Length, "plaintext is shorter than ciphertext");
    }

    private static void Recover(byte[] input)
    {
        var signature = RecoverableSignature.FromBytes(input);
        Require.That(RecoverableSignature.FromBytes(signature.ToBytes()).S.SequenceEqual(signature.S), "a signature is read as it is written");
        PublicKeyRecovery.RecoverAddress(new byte[32], signature);
    }
}
