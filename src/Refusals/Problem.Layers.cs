namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Reference layers of the installation.</summary>
    public static class Layers
    {
        public static Problem UnknownRole(string role, IEnumerable<string> known) =>
            new(
                "layers.unknown-role",
                chinese: $"没有“{role}”这种图层角色，未接收任何内容；可用的角色：{string.Join("、", known)}。",
                english: $"There is no layer role '{role}'; nothing was taken. The roles are {string.Join(", ", known)}."
            );

        public static Problem UnknownCodes(string codes, IEnumerable<string> known) =>
            new(
                "layers.unknown-codes",
                chinese: $"没有“{codes}”这种地类标准，未接收任何内容；--codes 可用：{string.Join("、", known)}。",
                english: $"There is no land-class standard '{codes}'; nothing was taken. --codes takes {string.Join(", ", known)}."
            );

        public static Problem CodesMissing(IEnumerable<string> known) =>
            new(
                "layers.codes-missing",
                chinese: $"地类图斑的编码标准不止一种可能，不作猜测，未接收任何内容；请用 --codes 指明：{string.Join("、", known)}。",
                english: $"The land classes of this layer may follow more than one standard and nothing is guessed; nothing was taken. Say which with --codes: {string.Join(", ", known)}."
            );

        public static Problem NothingToReplace(string id, string role) =>
            new(
                "layers.nothing-to-replace",
                chinese: $"--replaces {id} 没有指向唯一的 {role} 图层版本，未接收任何内容；请用 weipian layer list 查看版本号。",
                english: $"--replaces {id} does not name exactly one layer version of role {role}; nothing was taken. See weipian layer list for the ids."
            );

        public static Problem UnknownVersion(string id, IReadOnlyCollection<string> known) =>
            new(
                "layers.unknown-version",
                chinese: $"没有图层版本“{id}”（共 {known.Count} 个版本），未计算任何内容；请用 weipian layer list 查看版本号。",
                english: $"There is no layer version '{id}' among {known.Count}; nothing was computed. See weipian layer list for the ids.",
                status: 404
            );

        public static Problem AlreadyReplaced(string id) =>
            new(
                "layers.already-replaced",
                chinese: $"图层版本 {id} 已被其他版本替代，未接收任何内容；请替代现行的版本。",
                english: $"Layer version {id} has been replaced already; nothing was taken. Replace the version that is in force.",
                status: 409
            );
    }
}
