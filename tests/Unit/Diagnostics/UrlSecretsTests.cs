using System;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.UnitTests.Diagnostics;

public sealed class UrlSecretsTests
{
    private static readonly UrlSecrets Secrets = new(new Uri("https://user:p%40ssword@node.example/rpc/0123456789abcdef/v1?apikey=queryKey&x=1"));

    [Theory]
    [InlineData("not for user:p%40ssword", "not for …")]
    [InlineData("not for p@ssword", "not for …")]
    [InlineData("Basic dXNlcjpwQHNzd29yZA==", "Basic …")]
    [InlineData("no plan for 0123456789abcdef", "no plan for …")]
    [InlineData("POST /rpc/0123456789abcdef/v1?apikey=queryKey&x=1", "POST /…?…")]
    [InlineData("queryKey queryKey", "… …")]
    public void Hides_secrets_that_a_server_repeats_from_its_URL(string text, string shown) => Assert.Equal(shown, Secrets.Hide(text));

    [Theory]
    [InlineData("user rpc v1 x=1 node.example")]
    [InlineData("execution reverted")]
    public void Keeps_the_visible_parts_and_texts_too_short_to_be_secret(string text) => Assert.Equal(text, Secrets.Hide(text));

    [Fact]
    public void A_URL_without_secrets_hides_nothing() =>
        Assert.Equal("https://node.example/rpc fails", new UrlSecrets(new Uri("https://node.example/rpc")).Hide("https://node.example/rpc fails"));
}
