namespace Weipian.Web.Verbs;

/// <summary>Progress on the error output: one line that is redrawn on a terminal, plain lines elsewhere.</summary>
public sealed class TerminalProgress(TextWriter output, bool plain) : IProgress<string>
{
    private const int BarCells = 24;
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(2);

    private readonly Lock turn = new();
    private string shown = "";
    private long lastPlainTimestamp;

    /// <summary>A step without a known end.</summary>
    public void Report(string value)
    {
        lock (turn)
            Show(value, always: true);
    }

    /// <summary>A step of which <paramref name="done"/> of <paramref name="total"/> is done.</summary>
    public void Report(string what, long done, long total)
    {
        lock (turn)
        {
            var share = total <= 0 ? 0 : Math.Clamp((double)done / total, 0, 1);
            var filled = (int)(share * BarCells);
            var bar = plain ? "" : new string('█', filled) + new string('░', BarCells - filled) + " ";
            Show($"{bar}{share, 4:P0} {what} {done:N0}/{total:N0}", always: done >= total);
        }
    }

    /// <summary>A line that stays.</summary>
    public void Line(string text)
    {
        lock (turn)
        {
            Clear();
            output.WriteLine(text);
        }
    }

    private void Show(string text, bool always)
    {
        if (plain)
        {
            var due = lastPlainTimestamp == 0 || TimeProvider.System.GetElapsedTime(lastPlainTimestamp) >= PlainInterval;
            if (text == shown || !(always || due))
                return;
            lastPlainTimestamp = TimeProvider.System.GetTimestamp();
            output.WriteLine(text);
        }
        else
        {
            Clear();
            output.Write(text);
        }
        shown = text;
    }

    private void Clear()
    {
        if (plain || shown.Length == 0)
            return;
        // Chinese characters take two cells: clear by escape sequence, not by counting.
        output.Write("\r\u001b[2K");
        shown = "";
    }
}
