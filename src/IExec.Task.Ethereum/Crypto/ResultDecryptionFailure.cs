namespace IExec.Tasks.Crypto;

/// <summary>Why an encrypted result could not be decrypted.</summary>
public enum ResultDecryptionFailure
{
    /// <summary>The result was encrypted for another beneficiary key.</summary>
    WrongKey,

    /// <summary>The key file or the payload is malformed. There is no MAC: the payload of another result looks the same.</summary>
    Damaged,

    /// <summary>The payload ends too early.</summary>
    Truncated,
}
