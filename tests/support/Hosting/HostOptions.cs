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

    /// <summary>The answers given to prompts for a choice, in order: the index of the choice. When they run out the user is asked, if there is one; otherwise prompting fails.</summary>
    public IReadOnlyList<int> Choices { get; init; } = [];

    /// <summary>Where a user's answers come from when there is one; null for a host without a user.</summary>
    public TextReader? Input { get; init; }

    /// <summary>Called while a prompt is open, before it is answered.</summary>
    public Action? OnPrompt { get; init; }

    /// <summary>Where what a user would see goes to as well, such as the real console; null to record it only.</summary>
    public TextWriter? Echo { get; init; }
}
