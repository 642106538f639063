using System;
using System.Collections.Generic;
using System.IO;

namespace IExec.Tasks.Hosting;

/// <summary>The kind of console that the hosted engine sees.</summary>
public sealed record HostOptions
{
    /// <summary>The console's width in characters.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Whether the console understands colours and other control sequences.</summary>
    public bool SupportsVirtualTerminal { get; init; }

    /// <summary>The answers to prompts for a choice, in order: the index of the choice. After the last one the user is prompted, if there is one; otherwise prompting fails.</summary>
    public IReadOnlyList<int> Choices { get; init; } = [];

    /// <summary>The source of a user's answers; null for a host without a user.</summary>
    public TextReader? Input { get; init; }

    /// <summary>Called while a prompt is open, before it is answered.</summary>
    public Action? OnPrompt { get; init; }

    /// <summary>A second destination of the output, such as the real console; null to record it only.</summary>
    public TextWriter? Echo { get; init; }
}
