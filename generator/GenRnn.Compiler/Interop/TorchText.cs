using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GenRnn.Compiler.Interop;

/// <summary>
/// Reads modules as a person writes them, and as <c>print(model)</c> does: <c>rnn: LSTM(num_layers=2), LastStep, head: Linear</c>, or
/// <c>Net((rnn): LSTM(3, 12, batch_first=True) (head): Linear(in_features=12, out_features=1, bias=True))</c>. A name without a class is a module whose
/// weights say what it is.
/// </summary>
public sealed class TorchText
{
    // Far more than print(model) nests.
    private const int MaximumDepth = 32;

    private readonly string _text;
    private int _position;

    private TorchText(string text) => _text = text;

    /// <summary>The modules in the order of the text; containers are what is in them.</summary>
    /// <exception cref="ForeignModelException">The text is none; the message says where.</exception>
    public static IReadOnlyList<TorchModule> Parse(string text)
    {
        TorchText reader = new(text);
        List<TorchModule> modules = new();
        while (reader.Peek() != '\0')
            reader.ReadItem("", modules, 0);
        return modules.Count > 0 ? modules : throw new ForeignModelException("--layers names no modules");
    }

    /// <summary>The next character that is no separator; NUL at the end.</summary>
    private char Peek()
    {
        while (_position < _text.Length && (char.IsWhiteSpace(_text[_position]) || _text[_position] is ',' or ';'))
            _position++;
        return _position < _text.Length ? _text[_position] : '\0';
    }

    private bool Accept(char expected)
    {
        if (Peek() != expected)
            return false;
        _position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Accept(expected))
            throw Wrong("'" + expected + "'");
    }

    private ForeignModelException Wrong(string expected)
    {
        string found = Peek() == '\0' ? "its end" : "'" + _text.Substring(_position, System.Math.Min(20, _text.Length - _position)) + "'";
        return new ForeignModelException("--layers has " + found + " at character " + (_position + 1).ToString(CultureInfo.InvariantCulture) + " where " + expected + " is expected");
    }

    /// <summary>A path, a class or a number.</summary>
    private string Word()
    {
        Peek();
        int start = _position;
        while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] is '_' or '.' or '-' or '+'))
            _position++;
        return _position > start ? _text.Substring(start, _position - start) : throw Wrong("a name");
    }

    private void ReadItem(string prefix, List<TorchModule> modules, int depth)
    {
        if (depth > MaximumDepth)
            throw new ForeignModelException("--layers has modules in modules, deeper than " + MaximumDepth);
        string label = "";
        if (Accept('('))
        {
            label = Word();
            Expect(')');
            Expect(':');
        }

        string name = Word();
        if (label.Length == 0 && Accept(':'))
        {
            label = name;
            name = Word();
        }

        // print(model) folds equal modules in a row: (0-2): 3 x LSTM(...).
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _) && Peek() is 'x')
            throw new ForeignModelException("--layers: write the modules of '" + label + "' one by one");
        bool isKnown = name is ImportedSequence.LastStep or ImportedSequence.FinalState || TorchModules.Find(name) is not null;
        string path = label.Length > 0 ? prefix + label : "";
        if (label.Length == 0 && !isKnown && Peek() != '(')
        {
            // A name alone.
            modules.Add(new TorchModule(prefix + name, ""));
            return;
        }

        List<KeyValuePair<string, KerasValue>> arguments = new();
        List<TorchModule> parts = new();
        if (Accept('('))
            ReadBody(path.Length > 0 ? path + "." : prefix, arguments, parts, depth);
        if (isKnown && parts.Count == 0)
            modules.Add(new TorchModule(path, name) { Arguments = arguments });
        else if (!isKnown && parts.Count > 0 && arguments.Count == 0)
            modules.AddRange(parts);
        else
            throw new ForeignModelException("the module '" + (path.Length > 0 ? path : name) + "' of the class " + name + (isKnown ? ", which has no modules in it" : ", which Gen does not have"));
    }

    private void ReadBody(string prefix, List<KeyValuePair<string, KerasValue>> arguments, List<TorchModule> parts, int depth)
    {
        while (!Accept(')'))
        {
            if (Peek() == '\0')
                throw Wrong("')'");
            if (Peek() == '(' && IsLabel())
            {
                ReadItem(prefix, parts, depth + 1);
                continue;
            }

            if (Peek() is '(' or '\'' or '"')
            {
                arguments.Add(new KeyValuePair<string, KerasValue>(Place(arguments), Value()));
                continue;
            }

            Peek();
            int start = _position;
            string word = Word();
            if (Accept('='))
            {
                arguments.Add(new KeyValuePair<string, KerasValue>(word, Value()));
            }
            else if (!(char.IsLetter(word[0]) || word[0] == '_') || word is "True" or "False" or "None")
            {
                _position = start;
                arguments.Add(new KeyValuePair<string, KerasValue>(Place(arguments), Value()));
            }
            else
            {
                // What somebody wrote between the lines of print(model).
                _position = start;
                ReadItem(prefix, parts, depth + 1);
            }
        }
    }

    /// <summary>Whether a parenthesis is that of a module's name: <c>(rnn):</c>.</summary>
    private bool IsLabel()
    {
        int close = _text.IndexOf(')', _position);
        int next = close + 1;
        while (close > 0 && next < _text.Length && char.IsWhiteSpace(_text[next]))
            next++;
        return close > 0 && next < _text.Length && _text[next] == ':';
    }

    private static string Place(List<KeyValuePair<string, KerasValue>> arguments) => arguments.Count.ToString(CultureInfo.InvariantCulture);

    private KerasValue Value()
    {
        if (Accept('('))
        {
            List<KerasValue> items = new();
            while (!Accept(')'))
            {
                if (items.Count > MaximumDepth || Peek() == '(')
                    throw Wrong("a number");
                items.Add(Value());
            }

            return KerasValue.Of(items);
        }

        if (Peek() is '\'' or '"')
        {
            char quote = _text[_position];
            int end = _text.IndexOf(quote, _position + 1);
            if (end < 0)
                throw Wrong("a text with its end");
            string text = _text.Substring(_position + 1, end - _position - 1);
            _position = end + 1;
            return KerasValue.Of(text);
        }

        string word = Word();
        return word switch
        {
            "True" or "true" => KerasValue.Of(true),
            "False" or "false" => KerasValue.Of(false),
            "None" => KerasValue.Null,
            _ => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? KerasValue.Of(number) : KerasValue.Of(word),
        };
    }
}
