using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Weipian.Web.Verbs;

/// <summary>One run of a verb: what was asked, where its answer goes, and how its refusals become an exit status.</summary>
public sealed class VerbRun
{
    private static readonly JsonSerializerOptions JsonForm = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private readonly ParseResult parsed;

    private VerbRun(ParseResult parsed, CommonOptions common, CancellationToken stop)
    {
        this.parsed = parsed;
        Json = parsed.GetValue(common.Json);
        DataPath = parsed.GetRequiredValue(common.Data).FullName;
        Stop = stop;
        Progress = new TerminalProgress(Console.Error, Console.IsErrorRedirected);
    }

    public bool Json { get; }

    /// <summary>Full path of the data folder; it need not exist.</summary>
    public string DataPath { get; }

    /// <summary>Set by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Stop { get; }

    public TerminalProgress Progress { get; }

    /// <summary>Binds a verb: runs it, prints a refusal in both languages, and turns the end into an exit status.</summary>
    public static void Bind(Command command, CommonOptions common, Func<VerbRun, Task<int>> run) =>
        command.SetAction(
            async (parsed, stop) =>
            {
                var verb = new VerbRun(parsed, common, stop);
                try
                {
                    return await run(verb);
                }
                catch (Problem problem)
                {
                    verb.Refuse(problem);
                    return CommandLine.Refused;
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    verb.Progress.Line("已中断，未完成的部分没有写入。 Interrupted; what was not finished was not written.");
                    return CommandLine.Refused;
                }
#pragma warning disable CA1031 // The last door: whatever is left is our fault and must say so, not crash without a status.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    verb.Progress.Line($"程序错误，请报告。 Our fault, please report it:\n{fault}");
                    return CommandLine.OurFault;
                }
            }
        );

    public T Value<T>(Option<T> option) => parsed.GetRequiredValue(option);

    public T? Optional<T>(Option<T> option) => parsed.GetValue(option);

    public T Value<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>The answer: the document with <c>--json</c>, else the lines for a person.</summary>
    public void Answer(object document, IEnumerable<string> lines)
    {
        if (Json)
            Console.Out.WriteLine(JsonSerializer.Serialize(document, JsonForm));
        else
            foreach (var line in lines)
                Console.Out.WriteLine(line);
    }

    public void Refuse(Problem problem)
    {
        if (Json)
            Console.Out.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        error = new
                        {
                            problem.Code,
                            zh = problem.Chinese,
                            en = problem.English,
                        },
                    },
                    JsonForm
                )
            );
        Progress.Line(problem.Chinese);
        Progress.Line($"{problem.English} [{problem.Code}]");
    }
}
