using System.Collections.Generic;
using System.Text.Json;

namespace IExec.Tasks.Contracts;

/// <summary>The events of some blocks.</summary>
/// <param name="Blocks">The blocks.</param>
/// <param name="Logs">The events, as the node gave them.</param>
internal sealed record LogPage(BlockRange Blocks, IReadOnlyList<JsonElement> Logs);
