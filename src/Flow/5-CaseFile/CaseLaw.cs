using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>What the acts of a case work by: the law with its clocks, and the kinds of documents.</summary>
public sealed record CaseLaw(LawBook Book, DocumentBook Documents);
