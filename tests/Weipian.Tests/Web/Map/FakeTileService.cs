using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SkiaSharp;

namespace Weipian.Tests.Web.Map;

/// <summary>A service of tiles on the loopback: it keeps what it was asked, and answers as it was told to.</summary>
public sealed class FakeTileService : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeTileService(WebApplication app) => this.app = app;

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How the next requests are answered.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Picture;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<FakeTileService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var built = builder.Build();
        var service = new FakeTileService(built);
        built.Run(context =>
        {
            service.Asked.Enqueue(context.Request.Path + context.Request.QueryString);
            return service.Answer(context);
        });
        await built.StartAsync();
        return service;
    }

    public static byte[] Png()
    {
        using var bitmap = new SKBitmap(4, 4);
        bitmap.Erase(SKColors.SeaGreen);
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    private static async Task Picture(HttpContext context)
    {
        context.Response.ContentType = "image/png";
        await context.Response.Body.WriteAsync(Png());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
