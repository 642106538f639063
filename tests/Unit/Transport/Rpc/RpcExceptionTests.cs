namespace IExec.Tasks.UnitTests.Transport.Rpc;

/// <summary>The meaning of a node's error. A message that mentions gas or reverting may mean neither.</summary>
public sealed class RpcExceptionTests
{
    [Theory]
    [InlineData(3, "execution reverted", "0x")]
    [InlineData(3, "any words, even out of gas", null)]
    [InlineData(-32000, "execution reverted", null)] // geth, without data
    [InlineData(-32000, "Execution reverted", "0x")] // Besu
    [InlineData(-32015, "VM execution error.", "Reverted 0x")] // OpenEthereum, Nethermind
    [InlineData(-32015, "VM execution error.", "revert")]
    [InlineData(-32603, "Error: VM Exception while processing transaction: reverted without a reason string", null)] // Hardhat
    [InlineData(-32603, "Internal JSON-RPC error.", "0x08c379a0")]
    public void A_revert_is_recognised_by_code_data_and_known_messages(int code, string message, string? data) => AssertIs(code, message, data, isRevert: true, isOutOfGas: false);

    [Theory]
    [InlineData(-32000, "out of gas", null)]
    [InlineData(-32000, "gas required exceeds allowance (50000000)", null)]
    [InlineData(-32015, "VM execution error.", "Out of gas")]
    [InlineData(-32603, "EVM error OutOfGas", null)]
    [InlineData(-32603, "provider-specified max eth_call gas limit exceeded", null)]
    public void Too_little_gas_is_recognised_by_known_messages(int code, string message, string? data) => AssertIs(code, message, data, isRevert: false, isOutOfGas: true);

    [Theory]
    [InlineData(413, "any words")]
    [InlineData(-32600, "content length too large (5242881>5242880)")] // geth
    [InlineData(-32000, "Request entity too large")]
    public void A_request_that_is_too_long_is_recognised_by_code_and_known_messages(int code, string message)
    {
        var exception = new RpcException(code, message);
        Assert.True(exception.IsTooLong && exception.IsTooMuch);
        Assert.False(exception.IsOutOfGas || exception.IsRevert);
    }

    [Theory]
    [InlineData(-32000, "insufficient funds for gas * price + value: have 0 want 21000")]
    [InlineData(-32000, "max fee per gas less than block base fee: address 0x…, maxFeePerGas: 1, baseFee: 2")]
    [InlineData(-32000, "gas price oracle unavailable")]
    [InlineData(-32000, "gas station busy")]
    [InlineData(-32000, "the state was reverted to block 7")]
    [InlineData(-32603, "Internal error")]
    public void Other_messages_are_neither(int code, string message) => AssertIs(code, message, null, isRevert: false, isOutOfGas: false);

    private static void AssertIs(int code, string message, string? data, bool isRevert, bool isOutOfGas)
    {
        var exception = new RpcException(code, message, data);
        Assert.Equal((isRevert, isOutOfGas, isOutOfGas, false), (exception.IsRevert, exception.IsOutOfGas, exception.IsTooMuch, exception.IsTooLong));
    }
}
