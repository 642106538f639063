using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsCheck;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.UnitTests.Transport.Rpc;

public sealed class RpcEnvelopeTests
{
    private const string Single = """{"jsonrpc":"2.0","id":7,"result":"0x00ff","error":null,"extra":{"a":[1,{"b":"\u0030"}]}}""";
    private const string Failed = """{"jsonrpc":"2.0","id":7,"error":{"code":3,"message":"execution reverted","data":{"data":"0x08c379a0"}}}""";
    private const string Batch = """[{"id":8,"result":{"number":"0x10"}},{"id":7,"result":"0x1"},{"id":9,"error":{"code":-32000,"message":"no"}}]""";

    /// <summary>The characters that change what JSON means.</summary>
    private static readonly byte[] Structure = [.. "{}[]\",:\\u0e-d8 "u8];

    private static readonly RpcRequest Request = new("eth_call");

    [Fact]
    public void Leaves_the_result_as_it_is_in_the_answer()
    {
        var reply = RpcEnvelope.ReadSingle(Answer(Encoding.UTF8.GetBytes("""{ "result" : { "a" : [ 1 , 2 ] } , "id" : 7 }""")), Request, 7);
        Assert.Equal("""{ "a" : [ 1 , 2 ] }""", Encoding.UTF8.GetString(reply.Result.Span));
    }

    [Theory]
    [InlineData("""{"id":8,"result":"0x1"}""")]
    [InlineData("""{"id":8,"error":{"code":1,"message":"another's"}}""")]
    [InlineData("""{"id":null,"result":"0x1"}""")]
    [InlineData("""{"result":"0x1"}""")]
    [InlineData("""{"id":7,"id":7,"result":"0x1"}""")]
    [InlineData("""{"id":7,"error":null,"error":null,"result":"0x1"}""")]
    public void Rejects_a_response_to_another_request(string json) =>
        Assert.Throws<JsonException>(() => RpcEnvelope.ReadSingle(Answer(Encoding.UTF8.GetBytes(json)), Request, 7));

    [Fact]
    public void Accepts_an_error_without_an_id() => Assert.Equal(
        -32700, RpcEnvelope.ReadSingle(Answer("""{"id":null,"error":{"code":-32700,"message":"parse error"}}"""u8.ToArray()), Request, 7).Error!.Code);

    [Theory]
    [InlineData(Single)]
    [InlineData(Failed)]
    [InlineData(Batch)]
    public void Survives_every_truncation(string json)
    {
        var whole = Encoding.UTF8.GetBytes(json);
        for (var length = 0; length < whole.Length; length++)
            Assert.False(TryRead(whole.AsSpan(0, length).ToArray()));
        Assert.True(TryRead(whole));
    }

    [Theory]
    [InlineData(Single)]
    [InlineData(Failed)]
    [InlineData(Batch)]
    [Trait("Category", "Slow")]
    public void Survives_every_mutation(string json)
    {
        var whole = Encoding.UTF8.GetBytes(json);
        var character = Gen.Int[0, 300].Select(i => i < 256 ? (byte)i : Structure[i % Structure.Length]);
        Gen.Select(Gen.Int[0, whole.Length - 1], character).List[1, 6].Sample(
            changes =>
            {
                var mutated = whole.ToArray();
                foreach (var (index, value) in changes)
                    mutated[index] = value;
                TryRead(mutated);
            },
            iter: 30_000);
    }

    [Fact]
    public void Survives_anything_that_is_not_JSON() => Gen.Byte.Array[0, 200].Sample(bytes => { TryRead(bytes); });

    /// <summary>Reads the bytes in every way. Only the documented exceptions may come out.</summary>
    private static bool TryRead(byte[] utf8)
    {
        var isRead = Try(() => Use(RpcEnvelope.ReadSingle(Answer(utf8), Request, 7)))
            | Try(() => RpcEnvelope.ReadBatch(Answer(utf8), [Request, Request, Request], 7).ToList().ForEach(Use));
        RpcEnvelope.FindError(Answer(utf8), isBatch: false);
        return isRead;
    }

    private static bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private static void Use(RpcReply reply)
    {
        Action[] ways = [() => reply.GetHexBytes(), () => reply.GetQuantity(), () => reply.GetUInt64(), () => reply.GetBytes32(), () => reply.GetJson()];
        foreach (var way in ways)
        {
            try
            {
                way();
            }
            catch (IExecException exception)
            {
                Assert.InRange(exception.Message.Length, 1, 500);
            }
        }
    }

    private static RpcAnswer Answer(byte[] utf8) => new(utf8, new UrlSecrets(new Uri("http://node.example")));
}
