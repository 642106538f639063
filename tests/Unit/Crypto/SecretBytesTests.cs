using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.UnitTests.Crypto;

public sealed class SecretBytesTests
{
    [Fact]
    public void The_buffer_is_zero_after_dispose()
    {
        var secret = new SecretBytes([1, 2, 3]);
        var buffer = secret.Bytes;
        Assert.Equal([1, 2, 3], buffer);

        secret.Dispose();

        Assert.Equal([0, 0, 0], buffer);
    }

    [Fact]
    public void The_buffer_is_zero_after_the_finalizer()
    {
        var buffer = Abandon();

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal([0, 0, 0], buffer);

        // Not inlined, so that no local keeps the object alive.
        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static byte[] Abandon() => new SecretBytes([1, 2, 3]).Bytes;
    }

    [Fact]
    public void Wiped_bytes_cannot_be_used()
    {
        var secret = new SecretBytes([1]);
        secret.Dispose();
        secret.Dispose();

        Assert.Throws<ObjectDisposedException>(() => secret.Bytes);
    }

    [Fact]
    public void Takes_a_copy_of_the_source()
    {
        var source = new byte[] { 1, 2, 3 };
        using var secret = new SecretBytes(source);

        Array.Clear(source);

        Assert.Equal([1, 2, 3], secret.Bytes);
    }

    [Fact]
    public void ToString_does_not_show_the_bytes() => Assert.Equal("SecretBytes", Secrets.Text("hunter2").ToString());

    [Fact]
    public void Public_members_do_not_give_the_bytes_away() =>
        Assert.Equal(
            ["Dispose", "Equals", "FromUtf16", "GetHashCode", "GetType", "ToString"],
            typeof(SecretBytes).GetMethods().Select(method => method.Name).Order(StringComparer.Ordinal).ToArray());

    [Theory]
    [InlineData("")]
    [InlineData("correct horse")]
    [InlineData("pässwörd 密码 🔑")]
    public void A_secure_string_becomes_utf8(string text)
    {
        using var secure = new SecureString();
        foreach (var character in text)
            secure.AppendChar(character);

        var characters = Marshal.SecureStringToGlobalAllocUnicode(secure);
        try
        {
            using var secret = SecretBytes.FromUtf16(characters, secure.Length);
            Assert.Equal(Encoding.UTF8.GetBytes(text), secret.Bytes);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(characters);
        }
    }
}
