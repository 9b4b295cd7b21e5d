using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Tests.Web.Determination;
using Weipian.Web.Training;

namespace Weipian.Tests.Web.Training;

/// <summary>The training ground on a real office: what is refused, that any seat may practise, who sees results, and that nothing of it
/// reaches the work.</summary>
[Requirement("R02")]
public sealed class TrainingTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    [Fact]
    public async Task Nobody_practises_without_a_seat()
    {
        using var nobody = await at.Office.NobodyAsync();
        using var answer = await SendAsync(nobody, "/api/acts/answer-exercise", new { exercise = "evidence:L1", chosen = new[] { "x" } });
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_no_exercise_no_choice_or_no_step_is_refused()
    {
        using var finance = await at.Office.SignedInAsync("finance");
        var exercise = (await DeskAsync()).Evidence()[0];
        Assert.Equal(
            "chain.bad-value",
            await CodeAsync(finance, "answer-exercise", new { exercise = exercise.Id, chosen = new[] { "x" } })
        );
        Assert.Equal(
            "chain.bad-value",
            await CodeAsync(finance, "answer-exercise", new { exercise = exercise.Id, chosen = Array.Empty<string>() })
        );
        Assert.Equal("chain.bad-value", await CodeAsync(finance, "tick-first-hour", new { step = "coffee" }));
        Assert.Null(await CodeAsync(finance, "tick-first-hour", new { step = "next" }));
        Assert.Equal("chain.already-done", await CodeAsync(finance, "tick-first-hour", new { step = "next" }));
    }

    [Fact]
    public async Task Only_the_person_and_the_head_of_the_office_see_results()
    {
        using var finance = await at.Office.SignedInAsync("finance");
        var desk = await DeskAsync();
        var exercise = desk.Evidence()[1];
        using var answer = await SendAsync(finance, "/api/acts/answer-exercise", new { exercise = exercise.Id, chosen = exercise.Right });
        var graded = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(exercise.PointsMax, graded.GetProperty("points").GetInt32());
        Assert.Equal(
            "chain.already-done",
            await CodeAsync(finance, "answer-exercise", new { exercise = exercise.Id, chosen = exercise.Right })
        );
        foreach (var role in new[] { "district-reviewer", "government", "administrator", "town" })
            Assert.DoesNotContain(await desk.StandingsAsync(new(role, role)), s => s.Login == "finance");
        Assert.Contains(await desk.StandingsAsync(new("finance", "finance")), s => s.Points == exercise.PointsMax);
        Assert.Contains(await desk.StandingsAsync(new("office-head", "office-head")), s => s.Login == "finance");
        // The journal tells that somebody practised and not how well.
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        var entry = await db.Journal.OrderBy(j => j.Seq).LastAsync(j => j.Act == AnswerExercise.Act);
        Assert.DoesNotContain("points", entry.Body, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The ground is another installation; what its exercises say is right is what the sample told before any rule ran.</summary>
    [Fact]
    public async Task The_ground_lies_apart_and_answers_on_it_touch_no_patch()
    {
        var ground = (await at.Office.ServicesAsync()).GetRequiredService<TrainingGround>();
        using var store = WeipianStore.Open(at.Office.Data);
        await using var db = store.Read();
        var before = await CountsAsync(db);
        var desk = await DeskAsync();
        var exercises = await desk.AllAsync();
        var opened = await ground.OpenAsync();
        Assert.Equal(Path.Combine(at.Office.Data.Path, "training"), opened.Books.Store.Folder.Path);
        Assert.True(opened.Books.Store.IsSqlite);
        var told = (await opened.Books.Store.Read().Journal.CountAsync(), await opened.Books.Store.Read().Determinations.CountAsync());
        Assert.True(exercises.Count(e => e.Kind == TrainingKind.Verdict) >= 8);
        Assert.Contains(exercises, e => e.Kind == TrainingKind.Split && e.Right[0] == TrainingDesk.Cut.Parts);
        using var town = await at.Office.SignedInAsync("town-wangcun");
        foreach (var exercise in exercises)
        {
            using var answer = await SendAsync(town, "/api/acts/answer-exercise", new { exercise = exercise.Id, chosen = exercise.Right });
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
        Assert.All(await desk.StandingsAsync(new("town-wangcun", "town", "wangcun")), s => Assert.Equal(s.PointsMax, s.Points));
        Assert.Equal(before, await CountsAsync(db));
        Assert.Equal(
            told,
            (await opened.Books.Store.Read().Journal.CountAsync(), await opened.Books.Store.Read().Determinations.CountAsync())
        );
        // What the exercises are about is unknown to the installation.
        var real = await db.Patches.Select(p => p.Id).ToHashSetAsync();
        Assert.DoesNotContain(await opened.Books.Store.Read().Patches.Select(p => p.Id).ToListAsync(), real.Contains);
    }

    private async Task<TrainingDesk> DeskAsync() => (await at.Office.ServicesAsync()).GetRequiredService<TrainingDesk>();

    private static async Task<(int, int, int, int, int)> CountsAsync(StoreContext db) =>
        (
            await db.Patches.CountAsync(),
            await db.Parcels.CountAsync(),
            await db.Proposals.CountAsync(),
            await db.Determinations.CountAsync(),
            await db.LedgerEntries.CountAsync()
        );

    private static async Task<string?> CodeAsync(HttpClient seat, string act, object body)
    {
        using var answer = await SendAsync(seat, $"/api/acts/{act}", body);
        return answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient seat, string address, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await seat.SendAsync(request);
    }
}
