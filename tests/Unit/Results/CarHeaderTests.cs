using System;
using System.IO;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

public sealed class CarHeaderTests
{
    private const string Version = "6776657273696f6e" + "01"; // "version": 1
    private const string Roots = "65726f6f7473"; // "roots"
    private const string OneRoot = "81" + "d82a" + "4100"; // a list of one link

    [Theory]
    [InlineData("a1" + Version)]
    [InlineData("a2" + Roots + "80" + Version)]
    [InlineData("a2" + Version + Roots + OneRoot)]
    [InlineData("a2" + Roots + "82" + "d82a4100" + "d82a420011" + Version)]
    [InlineData("b802" + Roots + "80" + Version)] // numbers in longer forms
    [InlineData("b90002" + Roots + "80" + Version)]
    [InlineData("a1" + "7807" + "76657273696f6e" + "1801")]
    public void Accepts_version_1_with_any_roots(string hex) => CarHeader.Check(Convert.FromHexString(hex));

    [Theory]
    [InlineData("")]
    [InlineData("a0")]
    [InlineData("a1" + Roots + "80")] // no version
    [InlineData("a2" + Version + Version)]
    [InlineData("a3" + Roots + "80" + Roots + "80" + Version)]
    [InlineData("a2" + "61" + "78" + "01" + Version)] // another member
    [InlineData("a1" + Version + "00")] // more behind it
    [InlineData("a2" + Version)] // less than it says
    [InlineData("81" + Version)] // a list
    [InlineData("a1" + "47" + "76657273696f6e" + "01")] // a name in bytes
    [InlineData("a1" + "68" + "76657273696f6e" + "01")] // a name longer than the header
    [InlineData("a1" + "67" + "76657273696f6e" + "21")] // a negative version
    [InlineData("a1" + "67" + "76657273696f6e" + "18")] // cut within a number
    [InlineData("a1" + "67" + "76657273696f6e" + "1900")]
    [InlineData("a1" + "67" + "76657273696f6e" + "1a00000001")] // a form for numbers that a header has not
    [InlineData("a2" + Roots + "81" + "d82b" + "4100" + Version)] // another tag than a link's
    [InlineData("a2" + Roots + "81" + "4100" + Version)] // no tag
    [InlineData("a2" + Roots + "81" + "d82a" + "40" + Version)] // no bytes
    [InlineData("a2" + Roots + "81" + "d82a" + "4101" + Version)] // not led by a zero
    [InlineData("a2" + Roots + "81" + "d82a" + "6100" + Version)] // text
    public void Rejects_any_other_header(string hex) =>
        Assert.Equal("the CAR has a malformed header", Assert.Throws<InvalidDataException>(() => CarHeader.Check(Convert.FromHexString(hex))).Message);

    [Theory]
    [InlineData("00")]
    [InlineData("02")]
    [InlineData("190101")]
    public void Rejects_any_other_version(string version) => Assert.Equal(
        "the CAR is not of version 1",
        Assert.Throws<InvalidDataException>(() => CarHeader.Check(Convert.FromHexString("a16776657273696f6e" + version))).Message);
}
