using System.Text.Json;
using System.Threading;

namespace IExec.Tasks.Crypto.Keystores;

/// <summary>
/// The derivation of a key file's 32-byte key from the password. The file is untrusted: the limits are above what any program writes
/// (n = 262144, r = 8, p = 1; c = 1,000,000), and keep memory and time acceptable.
/// </summary>
internal abstract class KeyDerivation
{
    public const int DerivedLength = 32;
    public const int MaxIterations = 10_000_000;

    /// <summary>n r: 512 MiB at 128 bytes each.</summary>
    public const long MaxMemoryBlocks = 512L * 1024 * 1024 / 128;

    /// <summary>n r p: eight times geth's standard.</summary>
    public const long MaxWorkBlocks = 8L * 262144 * 8;

    /// <summary>r and p are 1 to 8 in practice; both also determine the size of another buffer.</summary>
    private const int MaxFactor = 32;

    private const int MaxSaltLength = 128;

    public static KeyDerivation Parse(string name, JsonElement parameters)
    {
        if (parameters.Integer("dklen") != DerivedLength)
            throw new KeyFormatException("The key file's derived key is not 32 bytes.");

        var salt = parameters.HexBytes("salt", 1, MaxSaltLength);
        return name switch
        {
            "scrypt" => new ByScrypt(salt, parameters.Integer("n"), parameters.Integer("r"), parameters.Integer("p")),
            "pbkdf2" when parameters.Text("prf") is "hmac-sha256" => new ByPbkdf2(salt, parameters.Integer("c")),
            "pbkdf2" => throw new KeyFormatException("The key file's pseudo-random function is not hmac-sha256."),
            _ => throw new KeyFormatException("The key file derives its key with something other than scrypt or pbkdf2."),
        };
    }

    public abstract SecretBytes Derive(SecretBytes password, CancellationToken cancellationToken);

    private sealed class ByPbkdf2 : KeyDerivation
    {
        private readonly byte[] _salt;
        private readonly int _iterations;

        public ByPbkdf2(byte[] salt, int iterations)
        {
            if (iterations is < 1 or > MaxIterations)
                throw new KeyFormatException("The key file asks for more than 10,000,000 iterations of pbkdf2, or for none.");

            _salt = salt;
            _iterations = iterations;
        }

        public override SecretBytes Derive(SecretBytes password, CancellationToken cancellationToken) =>
            Pbkdf2.Derive(password, _salt, _iterations, DerivedLength, cancellationToken);
    }

    private sealed class ByScrypt : KeyDerivation
    {
        private readonly byte[] _salt;
        private readonly int _n;
        private readonly int _r;
        private readonly int _p;

        public ByScrypt(byte[] salt, int n, int r, int p)
        {
            if (n < 2 || (n & (n - 1)) != 0 || r is < 1 or > MaxFactor || p is < 1 or > MaxFactor)
                throw new KeyFormatException("The key file's scrypt parameters are out of bounds: n must be a power of two, r and p from 1 to 32.");
            if ((long)n * r > MaxMemoryBlocks)
                throw new KeyFormatException("The key file's scrypt parameters ask for more than 512 MiB of memory.");
            if ((long)n * r > MaxWorkBlocks / p)
                throw new KeyFormatException("The key file's scrypt parameters ask for more than eight times the usual work.");

            _salt = salt;
            _n = n;
            _r = r;
            _p = p;
        }

        public override SecretBytes Derive(SecretBytes password, CancellationToken cancellationToken) =>
            Scrypt.Derive(password, _salt, _n, _r, _p, DerivedLength, cancellationToken);
    }
}
