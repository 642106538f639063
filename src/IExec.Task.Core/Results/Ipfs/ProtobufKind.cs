namespace IExec.Tasks.Results.Ipfs;

/// <summary>How a Protocol Buffers field is written: its wire type.</summary>
internal enum ProtobufKind
{
    /// <summary>A variable-length integer.</summary>
    Varint = 0,

    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,

    /// <summary>Bytes with their length before them.</summary>
    Bytes = 2,

    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}
