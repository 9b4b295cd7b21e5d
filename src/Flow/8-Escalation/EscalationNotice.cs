using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>Tells whom it concerns what was just done, inside the act that did it.</summary>
internal static class EscalationNotice
{
    /// <param name="toKind"><c>unit</c>, <c>role</c>, <c>body</c> or <c>post</c>.</param>
    public static void Tell(ActScope act, string toKind, string to, string subjectKind, Guid subjectId, string zh, string en) =>
        act.Db.Add(
            new Notice
            {
                Id = act.NewId(),
                ToKind = toKind,
                To = to,
                SubjectKind = subjectKind,
                SubjectId = subjectId,
                TextZh = zh,
                TextEn = en,
                At = act.At,
            }
        );
}
