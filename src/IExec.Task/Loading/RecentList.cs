using System;
using System.Collections.Generic;

namespace IExec.Tasks.Loading;

/// <summary>The latest values of one kind, and what is known about each. Safe to use from several threads.</summary>
internal sealed class RecentList
{
    private const int Capacity = 100;

    private readonly object _lock = new();
    private readonly LinkedList<(string Value, string? About)> _items = new();
    private readonly Dictionary<string, LinkedListNode<(string Value, string? About)>> _nodes = new(StringComparer.Ordinal);

    /// <summary>All of them, the latest first.</summary>
    public IReadOnlyList<(string Value, string? About)> Items
    {
        get
        {
            lock (_lock)
                return [.. _items];
        }
    }

    /// <summary>Puts a value first. Without a new description, it keeps its old one.</summary>
    public void Add(string value, string? about)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(value, out var earlier))
            {
                _items.Remove(earlier);
                about ??= earlier.Value.About;
            }

            _nodes[value] = _items.AddFirst((value, about));
            if (_items.Count <= Capacity)
                return;
            _nodes.Remove(_items.Last!.Value.Value);
            _items.RemoveLast();
        }
    }
}
