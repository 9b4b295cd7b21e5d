using System.Text.Json.Nodes;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Escalation;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Web.Reading;
using Weipian.Web.Training;

namespace Weipian.Web.Acts;

/// <summary>What an act may need besides its request.</summary>
public sealed class ActHall(OfficeBooks books, TrainingDesk training)
{
    private readonly Lazy<DocumentBook> documents = new(() => DocumentBook.Load(Path.Combine(AppContext.BaseDirectory, "law")));

    private readonly Lazy<ReportLibrary> reports = new(() =>
        new(Path.Combine(AppContext.BaseDirectory, "law"), Path.Combine(AppContext.BaseDirectory, "fonts"), books.Law)
    );

    public WeipianStore Store => books.Store;

    public OfficeBooks Books => books;

    public TrainingDesk Training => training;

    public DeterminationLaw Law => books.DeterminationLaw;

    public DocumentBook Documents => documents.Value;

    /// <summary>The law with its clocks and its documents, for the acts of a case.</summary>
    public CaseLaw CaseLaw => new(books.Law, Documents);

    public IndicatorBook Indicators => books.Indicators;

    /// <summary>The kinds of reports and the face in which documents are printed.</summary>
    public ReportLibrary Reports => reports.Value;
}

/// <summary>The door to one act: from the API by <c>POST /api/acts/name</c>, and from pages by a form drawn from its request.</summary>
/// <remarks>Which seats it opens to stands in <see cref="ActMatrix"/>.</remarks>
public sealed class ActDoor
{
    private readonly Func<ActHall, Actor, object, CancellationToken, Task<object?>> act;

    private ActDoor(string name, Type request, Func<ActHall, Actor, object, CancellationToken, Task<object?>> act) =>
        (Name, Request, this.act) = (name, request, act);

    /// <summary>Name of the act, as the journal has it.</summary>
    public string Name { get; }

    /// <summary>The record that the act takes.</summary>
    public Type Request { get; }

    /// <summary>A door to an act that answers with something.</summary>
    public static ActDoor Of<TRequest, TAnswer>(string name, Func<ActHall, Actor, TRequest, CancellationToken, Task<TAnswer>> act)
        where TRequest : notnull =>
        new(name, typeof(TRequest), async (hall, who, request, stop) => await act(hall, who, (TRequest)request, stop));

    /// <summary>The first text or list that the act needs and a request does not give; <c>null</c> when all are there.</summary>
    public string? Missing(JsonObject given)
    {
        ArgumentNullException.ThrowIfNull(given);
        var names = given.Where(g => g.Value is not null).Select(g => g.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return ActField.Of(Request).FirstOrDefault(f => f.IsNeeded && !names.Contains(f.Name))?.Name;
    }

    public Task<object?> DoAsync(ActHall hall, Actor who, object request, CancellationToken stop) => act(hall, who, request, stop);
}
