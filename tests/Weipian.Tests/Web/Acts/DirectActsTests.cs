using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Tests.Web.SampleDistricts;
using Weipian.Web.Acts;

namespace Weipian.Tests.Web.Acts;

/// <summary>Every act called directly, past pages and endpoints, by every role: the act itself refuses.</summary>
[Collection("played village")]
public sealed class DirectActsTests(PlayedOffice played) : IClassFixture<PlayedOffice>
{
    private readonly YearOffice office = played.Office;

    public static TheoryData<string> Doors => [.. ActDoors.All.Select(d => d.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_act_that_is_called_directly_refuses_every_role_that_is_not_in_its_line(string act)
    {
        var (hall, door) = (office.Services.GetRequiredService<ActHall>(), ActDoors.Find(act));
        var before = await office.CountsAsync();
        foreach (var role in PlanRoles.All.Where(r => !ActMatrix.Allows(act, r)))
        {
            var refusal = await Assert.ThrowsAsync<Problem>(() =>
                door.DoAsync(hall, ActorOf(role), Something(door.Request), CancellationToken.None)
            );
            // Acts about verdicts say which seat gives them, in a sentence of their own.
            Assert.True(refusal.Code is "store.act-not-allowed" or "determination.wrong-seat", $"{role}: {refusal.Code}");
        }
        Assert.Equal(before, await office.CountsAsync());
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_act_that_is_called_directly_lets_every_role_of_its_line_come_to_the_matter(string act)
    {
        var (hall, door) = (office.Services.GetRequiredService<ActHall>(), ActDoors.Find(act));
        foreach (var role in PlanRoles.All.Where(r => ActMatrix.Allows(act, r)))
            try
            {
                await door.DoAsync(hall, ActorOf(role), Something(door.Request), CancellationToken.None);
            }
            catch (Problem aboutTheMatter)
            {
                // A kind of record may be another role's; the act's own line is asked first and says another sentence.
                Assert.False(
                    aboutTheMatter.Code == "store.act-not-allowed" && aboutTheMatter.English.Contains($"'{act}'", StringComparison.Ordinal),
                    $"{role}: {aboutTheMatter.English}"
                );
            }
    }

    private Actor ActorOf(string role)
    {
        var seat = office.Store.Plan.Seats.First(s => s.Role == role);
        return new(seat.Login, seat.Role, seat.Unit);
    }

    /// <summary>A request in which every field has something.</summary>
    private static object Something(Type request)
    {
        var made = request.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return made.Invoke([.. made.GetParameters().Select(Value)]);
    }

    private static object? Value(ParameterInfo field)
    {
        var type = Nullable.GetUnderlyingType(field.ParameterType) ?? field.ParameterType;
        if (field.GetCustomAttribute<OneOfAttribute>() is { } words && type == typeof(string))
            return words.Values[0];
        if (type == typeof(string))
            return "something";
        if (type == typeof(Guid))
            return Guid.NewGuid();
        if (type == typeof(DateOnly))
            return new DateOnly(2019, 6, 3);
        if (type.IsValueType)
            return Activator.CreateInstance(type);
        if (type.IsArray)
            return Array.CreateInstance(type.GetElementType()!, 0);
        if (type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(item.MakeArrayType()))
            return Array.CreateInstance(item, 0);
        if (type.IsGenericType && type.GetGenericArguments() is [var key, var value])
            return Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, value));
        return type.GetConstructors().Length > 0 ? Something(type) : null;
    }
}
