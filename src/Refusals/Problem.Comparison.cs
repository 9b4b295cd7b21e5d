namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Desk comparison.</summary>
    public static class Comparison
    {
        public static Problem NoPatches(string programme) =>
            new(
                "comparison.no-patches",
                chinese: $"批次 {programme} 还没有图斑，无可比对；请先用 weipian patch import 导入。",
                english: $"Programme {programme} has no patches yet, so there is nothing to compare; import some with weipian patch import."
            );

        public static Problem UnknownConvention(string convention) =>
            new(
                "comparison.unknown-convention",
                chinese: $"没有“{convention}”这种面积约定，未作比对；--convention 可用 formula、source。",
                english: $"There is no area convention '{convention}'; nothing was compared. --convention takes formula or source."
            );
    }
}
