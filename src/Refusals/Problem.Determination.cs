namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals of determination: rules, parcels, verdicts, seals.</summary>
    public static class Determination
    {
        public static Problem LawTableMissing(string path) =>
            new(
                "determination.law-table-missing",
                $"法规库中没有 {path}，规则没有载入。请补上该文件。",
                $"The law book has no {path}, so no rule was loaded. Put the file back."
            );

        public static Problem UsesTableBroken(string file, int line, string text) =>
            new(
                "determination.uses-table-broken",
                $"用途对照表 {file} 第 {line} 行“{text}”不是六列，或标识重复。规则没有载入；请改正该行。",
                $"Line {line} of the table of uses {file} (\"{text}\") does not have six columns, or repeats an id. No rule was loaded; correct the line."
            );

        /// <param name="open">Every patch or parcel that is not finished, in both languages.</param>
        public static Problem BatchNotProcessed(
            string programme,
            string share,
            string gateZh,
            string gateEn,
            IReadOnlyList<(string Zh, string En)> open
        ) =>
            new(
                "determination.batch-not-processed",
                $"批次 {programme} 图斑处理完成 {share}，未达到上报条件（{gateZh}），没有写入任何内容。未完成：{string.Join("；", open.Select(o => o.Zh))}。请办结后再签发。",
                $"Of programme {programme} {share} of the patches are processed, which is below the gate ({gateEn}); nothing was written. Not finished: {string.Join("; ", open.Select(o => o.En))}. Finish them, then sign.",
                status: 409
            );

        /// <param name="missing">One entry a parcel: its number, its verdict, everything that is missing.</param>
        public static Problem EvidenceMissing(string programme, IReadOnlyList<(string Zh, string En)> missing) =>
            new(
                "determination.evidence-missing",
                $"批次 {programme} 有 {missing.Count} 个地块的举证材料不齐，没有写入任何内容。缺少：{string.Join("；", missing.Select(m => m.Zh))}。请补齐材料后再签发。",
                $"{missing.Count} parcels of programme {programme} lack evidence that their verdicts ask for; nothing was written. Missing: {string.Join("; ", missing.Select(m => m.En))}. Put it on file, then sign.",
                status: 409
            );

        public static Problem NothingToSubmit(string programme) =>
            new(
                "determination.nothing-to-submit",
                $"批次 {programme} 没有尚未上报的已审核判定，没有写入任何内容。请先判定、审核。",
                $"Programme {programme} has no confirmed verdict that has not left yet; nothing was written. Decide and confirm first.",
                status: 409
            );

        public static Problem BatchMissing(string dateZh, string dateEn, IReadOnlyList<string> programmes) =>
            new(
                "determination.batch-missing",
                $"“{dateZh}”报送之前，批次 {string.Join("、", programmes)} 的判定须由办公室负责人签发锁定，没有写入任何内容。请先签发。",
                $"Before \"{dateEn}\" is sent, the verdicts of {string.Join(", ", programmes)} have to be signed as a batch by the head of the office; nothing was written. Sign them first.",
                status: 409
            );

        /// <param name="until">In Asia/Shanghai.</param>
        public static Problem LockedByOther(string parcel, string holder, DateTimeOffset until) =>
            new(
                "determination.locked-by-other",
                $"地块 {parcel} 的图斑正由 {holder} 审看，锁定至 {until:HH:mm}，没有写入任何内容。请先判下一个，或等对方离开、锁定到期后再试。",
                $"The patch of parcel {parcel} is open before {holder} and locked until {until:HH:mm}; nothing was written. Go on to another one, or try again when it is free.",
                status: 409
            );

        public static Problem LockedInBatch(string parcel, int ordinal, string by, DateTime at) =>
            new(
                "determination.locked-in-batch",
                $"地块 {parcel} 的判定已随第 {ordinal} 批于 {at:yyyy-MM-dd} 由 {by} 签发锁定，没有写入任何内容。需要更正的，请填写更正理由，作为新版本随下一批上报。",
                $"The verdict of parcel {parcel} left with batch {ordinal}, signed by {by} on {at:yyyy-MM-dd}; nothing was written. To correct it, say why: the new version leaves with the next batch.",
                status: 409
            );

        public static Problem PrecedenceBroken(string file, int line, string text) =>
            new(
                "determination.precedence-broken",
                $"规则先后表 {file} 第 {line} 行“{text}”不是九列，或关系、日期不可识别。规则没有载入；请改正该行。",
                $"Line {line} of the table of precedence {file} (\"{text}\") does not have nine columns, or its relation or day cannot be read. No rule was loaded; correct the line."
            );

        /// <param name="titleZh">The rule that says lawful, its verdict and where that stands.</param>
        /// <param name="violationZh">The same of the rule that says unlawful.</param>
        public static Problem RulesConflict(string patch, string titleZh, string titleEn, string violationZh, string violationEn) =>
            new(
                "determination.rules-conflict",
                $"图斑 {patch}：{titleZh}，{violationZh}，两条规则相互冲突，先后表没有规定孰先，不能得出结论。请由法制人员补充先后表或核对事实后再运行规则。",
                $"Patch {patch}: {titleEn}, and {violationEn}; the two rules conflict and the table of precedence does not say which goes first, so nothing was concluded. Let a lawyer complete the table, or check the facts, and run the rules again.",
                status: 409
            );

        public static Problem ParcelOutsidePatch(string parcel, string patch) =>
            new(
                "determination.parcel-outside-patch",
                $"地块 {parcel} 不在图斑 {patch} 之内，没有写入任何内容。请在图斑范围内划分。",
                $"Parcel {parcel} does not lie inside patch {patch}. Nothing was written; draw the parts inside the patch."
            );

        public static Problem WrongSeat(string login, string role, string actZh, string actEn, IEnumerable<string> allowed) =>
            new(
                "determination.wrong-seat",
                $"席位 {login}（{role}）不能{actZh}，没有写入任何内容。可以办理的席位：{string.Join("、", allowed)}。",
                $"Seat {login} ({role}) may not {actEn}; nothing was written. Seats that may: {string.Join(", ", allowed)}.",
                status: 403
            );

        public static Problem NoSuchParcel(string id) =>
            new(
                "determination.no-such-parcel",
                $"没有地块 {id}。请刷新后再选。",
                $"There is no parcel {id}. Reload and choose again.",
                status: 404
            );

        public static Problem NoSuchVerdict(string id) =>
            new(
                "determination.no-such-verdict",
                $"没有判定 {id}。请刷新后再选。",
                $"There is no verdict {id}. Reload and choose again.",
                status: 404
            );

        public static Problem ParcelSuperseded(string parcel) =>
            new(
                "determination.parcel-superseded",
                $"地块 {parcel} 已被后来的拆分或合并取代，没有写入任何内容。请在现行地块上办理。",
                $"Parcel {parcel} was replaced by a later split or merge; nothing was written. Go on with the parcels in force.",
                status: 409
            );

        public static Problem UnknownVerdict(string code, IEnumerable<string> known) =>
            new(
                "determination.unknown-verdict",
                $"本年度判定目录没有“{code}”，没有写入任何内容。可用：{string.Join("、", known)}。",
                $"The tree of the programme year has no verdict \"{code}\"; nothing was written. It has: {string.Join(", ", known)}."
            );

        public static Problem BasisMissing() =>
            new(
                "determination.basis-missing",
                "缺少判定依据说明，没有写入任何内容。请写明依据；与建议不同的，写明理由。",
                "The basis of the verdict is blank; nothing was written. Say what it rests on, and why where it departs from the proposal."
            );

        public static Problem Stale(string parcel) =>
            new(
                "determination.stale",
                $"地块 {parcel} 在您打开之后有了新的建议或判定，没有写入任何内容。请刷新，看过新内容再办理。",
                $"Parcel {parcel} has a newer proposal or verdict than the one you saw; nothing was written. Reload and look at it first.",
                status: 409
            );

        public static Problem ProposalOutdated(string parcel) =>
            new(
                "determination.proposal-outdated",
                $"地块 {parcel} 的图层、核查或法规在提出建议之后有变化，没有写入任何内容。请先重新运行判定规则。",
                $"Layers, visits or law of parcel {parcel} changed after its proposal; nothing was written. Run the rules again first.",
                status: 409
            );

        public static Problem WaitsForSecond(string parcel, string by) =>
            new(
                "determination.waits-for-second",
                $"地块 {parcel} 已由 {by} 判定，等待审核，没有写入任何内容。请先由作者撤回，或由审核人退回。",
                $"Parcel {parcel} was decided by {by} and waits for the second signature; nothing was written. Let the author withdraw it or the reviewer return it.",
                status: 409
            );

        public static Problem NothingDecided(string parcel) =>
            new(
                "determination.nothing-decided",
                $"地块 {parcel} 没有待审核的判定，没有写入任何内容。请先判定。",
                $"Parcel {parcel} has no verdict to act on; nothing was written. Decide it first.",
                status: 409
            );

        public static Problem AlreadySigned(string parcel) =>
            new(
                "determination.already-signed",
                $"地块 {parcel} 的判定已经审核，没有写入任何内容。需要更正的，请作出新的判定并写明理由。",
                $"The verdict of parcel {parcel} has its second signature already; nothing was written. To correct it, decide anew with a reason.",
                status: 409
            );

        public static Problem SamePerson(string parcel, string login) =>
            new(
                "determination.same-person",
                $"地块 {parcel} 的判定由 {login} 本人作出，不能由同一人审核，没有写入任何内容。请由另一席位审核。",
                $"{login} gave the verdict of parcel {parcel} and cannot put the second signature under it; nothing was written. Another seat has to.",
                status: 403
            );

        public static Problem NotTheAuthor(string parcel, string author) =>
            new(
                "determination.not-the-author",
                $"地块 {parcel} 的判定由 {author} 作出，只能由其撤回，没有写入任何内容。",
                $"The verdict of parcel {parcel} is by {author}, who alone may withdraw it; nothing was written.",
                status: 403
            );

        public static Problem NothingSigned(string parcel) =>
            new(
                "determination.nothing-signed",
                $"地块 {parcel} 的判定尚无审核意见，没有可以收回的，没有写入任何内容。",
                $"The verdict of parcel {parcel} has no second signature to take back; nothing was written.",
                status: 409
            );

        public static Problem NotTheSigner(string parcel, string signer) =>
            new(
                "determination.not-the-signer",
                $"地块 {parcel} 的审核意见由 {signer} 作出，只能由其收回，没有写入任何内容。",
                $"The second signature under the verdict of parcel {parcel} is by {signer}, who alone may take it back; nothing was written.",
                status: 403
            );

        public static Problem SignatureLeft(string parcel, int ordinal, string by, DateTime at) =>
            new(
                "determination.signature-left",
                $"地块 {parcel} 的判定已随第 {ordinal} 批于 {at:yyyy-MM-dd} 由 {by} 签发锁定，审核意见不能收回，没有写入任何内容。需要更正的，请由判定人写明理由重新判定。",
                $"The verdict of parcel {parcel} left with batch {ordinal}, signed by {by} on {at:yyyy-MM-dd}, and its second signature stays; nothing was written. To correct it, the officer decides anew and says why.",
                status: 409
            );

        public static Problem SignatureUsed(string parcel, string violation) =>
            new(
                "determination.signature-used",
                $"违法问题 {violation} 以地块 {parcel} 的判定为依据，审核意见不能收回，没有写入任何内容。需要更正的，请由判定人写明理由重新判定。",
                $"Violation {violation} rests on the verdict of parcel {parcel}, and its second signature stays; nothing was written. To correct it, the officer decides anew and says why.",
                status: 409
            );

        public static Problem DoubtfulIsNotFinal(string parcel) =>
            new(
                "determination.doubtful-is-not-final",
                $"地块 {parcel} 为存疑，不能审核通过，没有写入任何内容。请退回补充材料。",
                $"Parcel {parcel} is doubtful, which is never a final verdict; nothing was written. Return it for what is missing.",
                status: 409
            );

        public static Problem UnknownReason(string code, IEnumerable<string> known) =>
            new(
                "determination.unknown-reason",
                $"没有审核理由“{code}”，没有写入任何内容。可用：{string.Join("、", known)}。",
                $"There is no such reason \"{code}\"; nothing was written. There are: {string.Join(", ", known)}."
            );

        public static Problem ShareOutOfRange(int share, int max) =>
            new(
                "determination.share-out-of-range",
                $"抽取比例 {share}‰ 不在 0 至 {max}‰ 之间，没有写入任何内容。请改后再设。",
                $"A share of {share} ‰ is not between 0 and {max} ‰; nothing was written. Change it and set it again."
            );

        public static Problem OwnReading(string login) =>
            new(
                "determination.own-reading",
                $"{login} 作出或审核过这一判定，不能对其盲审，没有写入任何内容。请由另一席位读图。",
                $"{login} gave or signed this verdict and cannot read it blind; nothing was written. Another seat has to.",
                status: 403
            );

        public static Problem ReadingNotDue() =>
            new(
                "determination.reading-not-due",
                "这一地块没有轮到您读图，或已有人读过，没有写入任何内容。请回到读图清单。",
                "This parcel is not yours to read, or was read already; nothing was written. Go back to the list of readings.",
                status: 409
            );

        public static Problem NoSuchExercise(string id) =>
            new(
                "determination.no-such-exercise",
                $"训练场没有练习“{id}”，没有写入任何内容。请回到训练场重新选择。",
                $"The training ground has no exercise \"{id}\"; nothing was written. Go back and choose another.",
                status: 404
            );

        public static Problem NothingHidden(string parcel) =>
            new(
                "determination.nothing-hidden",
                $"地块 {parcel} 的系统建议没有对您隐去，没有写入任何内容。请直接查看。",
                $"The proposal for parcel {parcel} is not hidden from you; nothing was written. Just look at it.",
                status: 409
            );

        public static Problem ProposalHidden() =>
            new(
                "determination.proposal-hidden",
                "这一地块的系统建议暂不显示，没有写入任何内容。请先看前后两期影像，或先完成盲审。",
                "The proposal for this parcel is not shown yet; nothing was written. Look at both images, or give the blind reading first.",
                status: 409
            );

        public static Problem ReadingDue(string parcel) =>
            new(
                "determination.reading-due",
                $"地块 {parcel} 已抽中盲审，须先有另一人在不见初判的情况下读图，没有写入任何内容。请在“读图”页完成。",
                $"Parcel {parcel} was drawn for a blind reading, which comes before the second signature; nothing was written. Give it on the page of readings.",
                status: 409
            );

        public static Problem ReadingsDiffer(string parcel) =>
            new(
                "determination.readings-differ",
                $"地块 {parcel} 的初判与盲审不一致，不能审核通过，没有写入任何内容。请等待第三人读图，或退回重新判定。",
                $"First verdict and blind reading of parcel {parcel} differ, so it cannot be confirmed; nothing was written. Wait for the third reading, or return the verdict.",
                status: 409
            );

        public static Problem LineDoesNotDivide(string parcel) =>
            new(
                "determination.line-does-not-divide",
                $"所画的线没有把地块 {parcel} 分开，没有写入任何内容。请从地块一边画到另一边。",
                $"The line does not divide parcel {parcel}; nothing was written. Draw it from one edge of the parcel to another."
            );

        public static Problem NotMerged(string parcel) =>
            new(
                "determination.not-merged",
                $"地块 {parcel} 不是合并而成的，不能按原地块拆开，没有写入任何内容。请在图上画线拆分。",
                $"Parcel {parcel} was not merged from others, so it cannot be taken apart into them; nothing was written. Draw a line to split it.",
                status: 409
            );

        public static Problem MergeNeedsTwo() =>
            new(
                "determination.merge-needs-two",
                "并宗至少要选两个地块，没有写入任何内容。请在同一图斑中再选。",
                "A merge takes at least two parcels; nothing was written. Choose another of the same patch."
            );

        public static Problem MergeAcrossPatches(string one, string other) =>
            new(
                "determination.merge-across-patches",
                $"地块 {one} 与 {other} 不属于同一图斑，不能并宗，没有写入任何内容。跨图斑的同一违法行为请立为一宗。",
                $"Parcels {one} and {other} are of different patches and cannot be merged; nothing was written. One act over several patches is one violation.",
                status: 409
            );

        public static Problem MergeReported(string parcel, int ordinal, string by, DateTime at) =>
            new(
                "determination.merge-reported",
                $"地块 {parcel} 已随第 {ordinal} 批于 {at:yyyy-MM-dd} 由 {by} 签发锁定，不能并宗，没有写入任何内容。判定有误的，请按更正办理。",
                $"Parcel {parcel} left with batch {ordinal}, signed by {by} on {at:yyyy-MM-dd}, and cannot be merged; nothing was written. Correct its verdict where it is wrong.",
                status: 409
            );

        public static Problem SplitInViolation(string parcel, string violation) =>
            new(
                "determination.split-in-violation",
                $"地块 {parcel} 已归入违法宗 {violation}，不能分宗，没有写入任何内容。请先更正该宗。",
                $"Parcel {parcel} belongs to violation {violation} and cannot be divided; nothing was written. Correct the violation first.",
                status: 409
            );

        public static Problem MergeInViolation(string parcel, string violation) =>
            new(
                "determination.merge-in-violation",
                $"地块 {parcel} 已归入违法宗 {violation}，不能并宗，没有写入任何内容。请先更正该宗。",
                $"Parcel {parcel} belongs to violation {violation} and cannot be merged; nothing was written. Correct the violation first.",
                status: 409
            );

        /// <param name="parts">Numbers of the parcels with their confirmed verdicts; null where there is none.</param>
        public static Problem MergeVerdictsDiffer(IReadOnlyList<(string Number, string? Code)> parts) =>
            new(
                "determination.merge-verdicts-differ",
                $"所选地块经审核的判定不一致，不能并宗，没有写入任何内容：{string.Join("、", parts.Select(p => $"{p.Number} {p.Code ?? "未审核"}"))}。请先更正判定，使其一致。",
                $"The confirmed verdicts of the parcels differ, so they cannot be merged; nothing was written: {string.Join(", ", parts.Select(p => $"{p.Number} {p.Code ?? "not confirmed"}"))}. Correct the verdicts until they agree.",
                status: 409
            );

        public static Problem MergeApart(IReadOnlyList<string> parts) =>
            new(
                "determination.merge-apart",
                $"地块 {string.Join("、", parts)} 既不相邻，也不出自同一地块，不能并宗，没有写入任何内容。请选相邻的地块。",
                $"Parcels {string.Join(", ", parts)} neither share an edge nor come from the same parcel, so they cannot be merged; nothing was written. Choose neighbours.",
                status: 409
            );
    }
}
