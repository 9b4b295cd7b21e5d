namespace Weipian;

public sealed partial class Problem
{
    /// <summary>What comes into the installation: plans, programmes, patches.</summary>
    public static class Intake
    {
        public static Problem PlanWithoutAdministrator(string plan) =>
            new(
                "intake.plan-without-administrator",
                chinese: $"方案 {plan} 没有系统管理员席位，无人能够设置口令，未建立系统；请在方案的 seats 中加入 role: administrator 的席位。",
                english: $"Plan {plan} has no seat with the role administrator, so nobody could set passwords; nothing was initialised. Add one under seats."
            );

        public static Problem NoSuchProgramme(string id, IEnumerable<string> known) =>
            new(
                "intake.no-such-programme",
                chinese: $"没有批次“{id}”，未作任何操作；现有批次：{string.Join("、", known)}。",
                english: $"There is no programme '{id}'; nothing was done. The programmes are {string.Join(", ", known)}.",
                status: 404
            );
    }
}
