using System;
using System.Text;
using IExec.Tasks.Contracts;

namespace IExec.Tasks.UnitTests.Contracts;

public sealed class ResultLinkReaderTests
{
    [Theory]
    [InlineData("""{ "storage": "ipfs", "location": "/ipfs/Qm" }""", "ipfs", "/ipfs/Qm")]
    [InlineData("""{"location":"/ipfs/Qm","more":{"storage":[1]},"storage":"ipfs"}""", "ipfs", "/ipfs/Qm")]
    [InlineData("""{"storage":"none"}""", "none", null)]
    [InlineData("""{"storage":7,"location":["/ipfs/Qm"]}""", "none", null)]
    [InlineData("""{"storage":"ipfs","location":"/ipfs/Qm"} trailing""", "none", null)]
    [InlineData("""{"storage":"ipfs","location":"/ipfs/Qm"}{}""", "none", null)]
    [InlineData("""{"storage":"ipfs","location":"/ipfs/Qm" """, "none", null)]
    [InlineData("""["storage","ipfs"]""", "none", null)]
    [InlineData("""{"storage":"\ud800"}""", "none", null)]
    [InlineData("0x6970667300", "none", null)]
    public void Reads_the_JSON_that_workers_write_and_nothing_else(string text, string storage, string? location)
    {
        var link = ResultLinkReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal((storage, location), (link.Storage, link.Location));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_not_a_link()
    {
        Assert.Same(IExecTaskResultLink.None, ResultLinkReader.Read([.. "{\"storage\":\"ipfs\",\"location\":\""u8, 0xFF, .. "\"}"u8]));
        Assert.Same(IExecTaskResultLink.None, ResultLinkReader.Read(ReadOnlySpan<byte>.Empty));
    }
}
