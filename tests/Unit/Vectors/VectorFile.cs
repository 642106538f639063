using System.Globalization;
using System.IO;
using System.Reflection;
using System.Text.Json;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests;

/// <summary>The known answers of <c>vectors.json</c>: calls and returns of the contracts, task ids, logs, signatures, transactions.</summary>
internal static class VectorFile
{
    private static readonly JsonElement Root = Load();

    /// <summary>The text at a path such as <c>"abi", "viewTask_call"</c>.</summary>
    public static string Text(params string[] path) => Element(path).GetString()!;

    /// <summary>The bytes of the hexadecimal text at a path.</summary>
    public static byte[] Bytes(params string[] path) => Hex.Decode(Text(path));

    public static JsonElement Element(params string[] path)
    {
        var element = Root;
        foreach (var name in path)
            element = element.GetProperty(name);
        return element;
    }

    public static string TaskId(int index) => Text("taskIds", index.ToString(CultureInfo.InvariantCulture));

    private static JsonElement Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("vectors.json")
            ?? throw new FileNotFoundException("vectors.json is not embedded in the test assembly.");
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
