namespace Weipian.Web.Api;

/// <summary>Remembers the answers of writing requests by their key.</summary>
public sealed class Idempotency;
