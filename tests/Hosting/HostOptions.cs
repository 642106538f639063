using System;
using System.Collections.Generic;
using System.IO;

namespace IExec.Tasks.Hosting;

/// <summary>What kind of console the hosted engine believes to be in.</summary>
public sealed record HostOptions
{
    /// <summary>The console's width in characters.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Whether the console understands colours and other control sequences.</summary>
    public bool SupportsVirtualTerminal { get; init; }

    /// <summary>The answers given to prompts for a choice, in order: the index of the choice. When they run out the host behaves as one without a user: prompting fails.</summary>
    public IReadOnlyList<int> Choices { get; init; } = [];

    /// <summary>Called while a prompt is open, before it is answered.</summary>
    public Action? OnPrompt { get; init; }

    /// <summary>Where what a user would see goes to as well, such as the real console; null to record it only.</summary>
    public TextWriter? Echo { get; init; }
}
