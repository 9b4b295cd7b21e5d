namespace Weipian.Flow.Store;

/// <summary>Tells whom it concerns what was just done, inside the act that did it.</summary>
internal static class Tell
{
    public static void Unit(ActScope act, string unit, string subjectKind, Guid subject, string zh, string en) =>
        Write(act, "unit", unit, subjectKind, subject, zh, en);

    public static void Role(ActScope act, string role, string subjectKind, Guid subject, string zh, string en) =>
        Write(act, "role", role, subjectKind, subject, zh, en);

    /// <param name="post">The id of a post of the plan, see <see cref="Plan.SeatPosts"/>.</param>
    public static void Post(ActScope act, string post, string subjectKind, Guid subject, string zh, string en) =>
        Write(act, "post", post, subjectKind, subject, zh, en);

    private static void Write(ActScope act, string kind, string to, string subjectKind, Guid subject, string zh, string en) =>
        act.Db.Add(
            new Notice
            {
                Id = act.NewId(),
                ToKind = kind,
                To = to,
                SubjectKind = subjectKind,
                SubjectId = subject,
                TextZh = zh,
                TextEn = en,
                At = act.At,
            }
        );
}
