namespace Weipian.Web.Acts;

/// <summary>A value that a form offers, with its name in the person's language.</summary>
public sealed record ActOption(string Value, string Label);
