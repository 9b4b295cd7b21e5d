using System.ComponentModel;
using Weipian.Flow.Determinations;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>What would flip if a value of the law were another. Writes nothing.</summary>
public static class WhatIfApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/what-if", AskAsync)
            .RequireAuthorization(Permission.WhatIf)
            .WithName("what-if")
            .WithTags("determination")
            .WithSummary("Patches whose verdicts would be others under another value of the law, by town, with reasons");

    private static Task<WhatIf.Compared> AskAsync(
        WhatIfDesk desk,
        [Description("Programme ids")] string[] programme,
        [Description("Key of the law book, for example house/overlay/sliver#area_below")] string key,
        [Description("The value to suppose")] string value,
        CancellationToken stop
    ) => programme.Length == 0 ? throw Problem.Web.BadRequest("programme") : desk.AskAsync(programme, key, value, stop);
}
