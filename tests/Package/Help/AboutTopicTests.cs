using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests.Help;

public sealed class AboutTopicTests
{
    [Theory]
    [InlineData("about_IExec_Secrets", "SecureString only")]
    public void A_topic_is_found_by_its_name(string topic, string text)
    {
        using var host = PowerShellHost.WithModule();
        var help = host.Invoke("param($topic) Get-Help $topic", ("topic", topic));
        Assert.Contains(text, Assert.Single(help.Output).ToString());
    }
}
