using System;
using System.Text;

namespace IExec.Tasks.Hosting.Terminals;

/// <summary>Separates characters from control sequences in a terminal's output (ECMA-48).</summary>
/// <param name="print">Receives a character to show.</param>
/// <param name="control">Receives a control character.</param>
/// <param name="apply">Receives the parameters and the final character of a control sequence; for ESC 7 and ESC 8 the digit alone.</param>
internal sealed class ControlSequences(Action<char> print, Action<char> control, Action<string, char> apply)
{
    private readonly StringBuilder _parameters = new();
    private State _state;

    private enum State
    {
        Text,
        Escape,
        Parameters,
        Title,
        TitleEscape,
        CharacterSet,
    }

    /// <summary>Processes the next character.</summary>
    public void Take(char character)
    {
        switch (_state)
        {
            case State.Text when character == '\u001b':
                _state = State.Escape;
                break;
            case State.Text when char.IsControl(character):
                control(character);
                break;
            case State.Text:
                print(character);
                break;
            case State.Escape:
                _parameters.Clear();
                _state = character switch { '[' => State.Parameters, ']' => State.Title, '(' or ')' => State.CharacterSet, _ => State.Text };
                if (character is '7' or '8')
                    apply("", character);
                break;
            case State.Parameters when character is >= '@' and <= '~':
                _state = State.Text;
                apply(_parameters.ToString(), character);
                break;
            case State.Parameters:
                _parameters.Append(character);
                break;
            case State.Title when character == '\u001b':
                _state = State.TitleEscape;
                break;
            case State.Title when character != '\a':
                break;
            default: // the end of a title, or the name of a character set
                _state = State.Text;
                break;
        }
    }
}
