using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Weipian.Web.Serving;

namespace Weipian.Web.SignIn;

/// <summary>When each session was last used: a session that rests too long, or lasts too long, is over.</summary>
/// <remarks>In memory: a restart forgives the rest, never the length. By the machine's clock, which a sample does not move.</remarks>
public sealed class SessionBook(TimeProvider machine)
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> used = new();

    /// <summary>The machine's clock.</summary>
    public DateTimeOffset Now => machine.GetUtcNow();

    /// <summary>Sessions that were opened before this are over, however much they were used.</summary>
    public DateTime Oldest => Flow.Store.Instant.Of(Now - Limits.SessionSpan);

    /// <summary>The session was used now.</summary>
    public void Use(Guid session) => used[session] = Now;

    /// <summary>Whether a session has rested or lasted too long.</summary>
    public bool IsOver(Guid session, DateTimeOffset openedAt)
    {
        var last = used.GetOrAdd(session, _ => Now);
        return Now - last >= Limits.IdleSpan || Now - openedAt >= Limits.SessionSpan;
    }

    public void Forget(Guid session) => used.TryRemove(session, out _);
}

/// <summary>Who types or clicks in an open page uses the session as well: an open circuit sends no request.</summary>
public sealed class CircuitUse(SessionBook sessions, Microsoft.AspNetCore.Components.Authorization.AuthenticationStateProvider seats)
    : CircuitHandler
{
    /// <inheritdoc/>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next
    ) =>
        async context =>
        {
            if ((await seats.GetAuthenticationStateAsync()).User.Session() is { } session)
                sessions.Use(session);
            await next(context);
        };
}
