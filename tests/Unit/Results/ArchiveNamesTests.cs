using System.Linq;
using IExec.Tasks.Results.Archives;

namespace IExec.Tasks.UnitTests.Results;

public sealed class ArchiveNamesTests
{
    private const string Device = "is the name of a device on Windows";

    [Theory]
    [InlineData("a")]
    [InlineData("a/")]
    [InlineData("a/b.txt")]
    [InlineData(".hidden")]
    [InlineData("..a/b")]
    [InlineData("COM")]
    [InlineData("coma")]
    [InlineData("com10")]
    [InlineData("LPT/1")]
    [InlineData("lptx.txt")]
    [InlineData("console")]
    [InlineData("a.con")]
    [InlineData("./")]
    [InlineData("./a")]
    [InlineData("a//b")]
    public void Accepts_names_that_are_valid_on_every_system(string name) => Assert.Null(ArchiveNames.Reject(name));

    [Theory]
    [InlineData("CON", Device)]
    [InlineData("conin$.txt", Device)]
    [InlineData("prn .txt", Device)]
    [InlineData("a/clock$", Device)]
    [InlineData("com0.a.b", Device)]
    [InlineData("COM9", Device)]
    [InlineData("lpt\u00b2", Device)]
    [InlineData("lpt\u00b3.log", Device)]
    [InlineData("a:", "names a drive")]
    [InlineData("/a", "is absolute or uses backslashes")]
    [InlineData("\\", "is absolute or uses backslashes")]
    [InlineData(".", "is not a file name")]
    [InlineData("..", "leaves its folder")]
    [InlineData("a/..", "leaves its folder")]
    [InlineData("a\u0007b", "has characters that file names may not have")]
    [InlineData("a.", "has characters that file names may not have")]
    [InlineData("a ", "has characters that file names may not have")]
    public void Says_why_other_names_are_rejected(string name, string reason) => Assert.Equal(reason, ArchiveNames.Reject(name));

    [Theory]
    [InlineData("a/b.txt", "a/b.txt")]
    [InlineData("./x.txt", "x.txt")]
    [InlineData("a//b.txt", "a/b.txt")]
    [InlineData("a/./././/b/", "a/b/")]
    [InlineData("./", "")]
    [InlineData("../a", "../a")]
    public void Knows_the_shortest_form_of_a_name(string name, string shortest) => Assert.Equal(shortest, ArchiveNames.Simplify(name));

    [Fact]
    public void Accepts_up_to_64_folders()
    {
        Assert.Null(ArchiveNames.Reject(string.Join('/', Enumerable.Repeat("a", 64))));
        Assert.Null(ArchiveNames.Reject("./" + string.Join('/', Enumerable.Repeat("a", 64)) + "/"));
        Assert.Equal("is too deep", ArchiveNames.Reject(string.Join('/', Enumerable.Repeat("a", 65))));
    }
}
