using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Hosting.Terminals;

/// <summary>
/// The screen of a terminal after some output: cells with a character and a style, and the lines that were scrolled off at the top.
/// It supports the control sequences of ECMA-48 and xterm that PowerShell's console and PSReadLine write.
/// </summary>
internal sealed class TerminalScreen
{
    private static readonly Cell Blank = new(' ', "");

    private readonly int _width;
    private readonly List<string> _scrolledAway = [];
    private readonly List<Cell[]> _rows;
    private readonly Action<string> _reply;
    private readonly ControlSequences _sequences;
    private (int Row, int Column) _cursor;
    private (int Row, int Column) _saved;
    private string _style = "";

    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="reply">Receives the terminal's response to a query in the output.</param>
    public TerminalScreen(int width, int height, Action<string> reply)
    {
        _width = width;
        _rows = [.. Enumerable.Range(0, height).Select(_ => EmptyRow())];
        _reply = reply;
        _sequences = new ControlSequences(Print, Control, Apply);
    }

    /// <summary>All lines, including those that were scrolled off, without trailing blanks and without empty lines at the end.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            List<string> lines = [.. _scrolledAway, .. _rows.Select(Text)];
            return lines[..(lines.FindLastIndex(line => line.Length > 0) + 1)];
        }
    }

    /// <summary>The line that the cursor is in, up to the cursor.</summary>
    public string LineToCursor => new([.. _rows[_cursor.Row].Take(_cursor.Column).Select(cell => cell.Character)]);

    /// <summary>The style of a text that is on the screen: the parameters of the SGR sequences that it was written with.</summary>
    public string StyleOf(string text)
    {
        var row = _rows.FindLast(row => Text(row).Contains(text, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"'{text}' is not on the screen.");
        var start = Text(row).IndexOf(text, StringComparison.Ordinal);
        return string.Join(" | ", row[start..(start + text.Length)].Select(cell => cell.Style).Distinct());
    }

    /// <summary>Processes output.</summary>
    public void Write(string output)
    {
        foreach (var character in output)
            _sequences.Take(character);
    }

    private static string Text(Cell[] row) => new string([.. row.Select(cell => cell.Character)]).TrimEnd();

    private Cell[] EmptyRow() => [.. Enumerable.Repeat(Blank, _width)];

    private void Print(char character)
    {
        if (_cursor.Column == _width) // the last column is full: only the next character goes to the next line
        {
            _cursor.Column = 0;
            LineFeed();
        }

        _rows[_cursor.Row][_cursor.Column++] = new Cell(character, _style);
    }

    private void Control(char character)
    {
        switch (character)
        {
            case '\r':
                _cursor.Column = 0;
                break;
            case '\n':
                LineFeed();
                break;
            case '\b':
                _cursor.Column = Math.Max(0, Math.Min(_cursor.Column, _width - 1) - 1);
                break;
            case '\t':
                _cursor.Column = Math.Min(_width - 1, (_cursor.Column / 8 + 1) * 8);
                break;
            default:
                break; // the bell
        }
    }

    private void LineFeed()
    {
        if (_cursor.Row < _rows.Count - 1)
        {
            _cursor.Row++;
            return;
        }

        _scrolledAway.Add(Text(_rows[0]));
        _rows.RemoveAt(0);
        _rows.Add(EmptyRow());
    }

    private void Apply(string parameters, char final)
    {
        var numbers = parameters.Split(';').Select(number => int.TryParse(number, out var value) ? value : 0).ToArray();
        var (first, count) = (numbers[0], Math.Max(1, numbers[0]));
        var (row, column) = (_cursor.Row, Math.Min(_cursor.Column, _width - 1));
        switch (final)
        {
            case 'A':
                MoveTo(row - count, column);
                break;
            case 'B':
                MoveTo(row + count, column);
                break;
            case 'C':
                MoveTo(row, column + count);
                break;
            case 'D':
                MoveTo(row, column - count);
                break;
            case 'G':
                MoveTo(row, count - 1);
                break;
            case 'd':
                MoveTo(count - 1, column);
                break;
            case 'H' or 'f':
                MoveTo(count - 1, numbers.Length > 1 ? Math.Max(1, numbers[1]) - 1 : 0);
                break;
            case 'J':
                EraseInScreen(first, row, column);
                break;
            case 'K':
                Erase(row, first == 0 ? column : 0, first == 1 ? column + 1 : _width);
                break;
            case 'X':
                Erase(row, column, Math.Min(_width, column + count));
                break;
            case 'm':
                _style = parameters is "" or "0" ? "" : _style.Length == 0 ? parameters : $"{_style};{parameters}";
                break;
            case 'n' when first == 6:
                _reply($"\u001b[{row + 1};{column + 1}R");
                break;
            case '7' or 's':
                _saved = _cursor;
                break;
            case '8' or 'u':
                _cursor = _saved;
                break;
            case 'h' or 'l' or 't' or 'c' or 'n' or 'q':
                break; // modes such as a hidden cursor, and queries that need no response
            default:
                throw new NotSupportedException($"The terminal does not know the control sequence ESC [ {parameters} {final}.");
        }
    }

    private void MoveTo(int row, int column) => _cursor = (Math.Clamp(row, 0, _rows.Count - 1), Math.Clamp(column, 0, _width - 1));

    private void EraseInScreen(int part, int row, int column)
    {
        Erase(row, part == 0 ? column : 0, part == 1 ? column + 1 : _width);
        for (var other = 0; other < _rows.Count; other++)
        {
            if (part >= 2 || (part == 0 ? other > row : other < row))
                Erase(other, 0, _width);
        }
    }

    private void Erase(int row, int from, int to) => Array.Fill(_rows[row], Blank, from, to - from);

    private sealed record Cell(char Character, string Style);
}
