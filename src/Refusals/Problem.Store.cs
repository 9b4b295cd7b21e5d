namespace Weipian;

public sealed partial class Problem
{
    /// <summary>The store, its journal and its files.</summary>
    public static class Store
    {
        public static Problem ClockIsReal() =>
            new(
                "store.clock-is-real",
                chinese: "只有合成样区的时钟可以设置；本系统的时间就是真实时间，没有改动。",
                english: "Only the clock of the synthetic sample can be set; the time of this installation is the real one and was left alone.",
                status: 409
            );

        public static Problem ActNotAllowed(string login, string role, string act, IEnumerable<string> roles) =>
            new(
                "store.act-not-allowed",
                chinese: $"席位 {login}（{role}）无权办理“{act}”，没有写入任何内容。可以办理的席位：{string.Join("、", roles)}。",
                english: $"Seat {login} ({role}) may not do '{act}'; nothing was written. Seats that may: {string.Join(", ", roles)}.",
                status: 403
            );

        public static Problem NotInitialised(string folder) =>
            new(
                "store.not-initialised",
                chinese: $"{folder} 中还没有建立系统：请先运行 weipian init --plan 方案文件（或 weipian sample 生成示例区）。",
                english: $"There is no installation in {folder}: run weipian init --plan FILE first (or weipian sample for the sample district).",
                status: 503
            );

        public static Problem AlreadyInitialised(string folder, string plan) =>
            new(
                "store.already-initialised",
                chinese: $"{folder} 已按方案 {plan} 建立，未作任何改动；要另建一套，请换一个数据目录；丢失管理员口令的，请在本机运行 weipian set-seat-password。",
                english: $"{folder} already runs plan {plan}; nothing was changed. For another installation use another data folder; for a lost administrator password run weipian set-seat-password on this machine.",
                status: 409
            );

        public static Problem ReasonMissing(string act) =>
            new(
                "store.reason-missing",
                chinese: $"操作“{act}”没有写明理由：未写入任何内容，请填写理由后重试。",
                english: $"The act '{act}' came without a reason: nothing was written. Give a reason and try again."
            );

        public static Problem JournalCut(long named, long last) =>
            new(
                "store.journal-cut",
                chinese: $"操作日志止于第 {last} 条，而库外记录的末条是第 {named} 条：日志尾部被截去。为保留证据，未写入任何内容；请运行 weipian verify 并从备份恢复。",
                english: $"The journal ends at entry {last}, but the head kept outside the database names entry {named}: its tail was cut. Nothing was written, to keep the evidence; run weipian verify and restore a backup.",
                status: 503
            );

        public static Problem JournalRewritten(long seq) =>
            new(
                "store.journal-rewritten",
                chinese: $"操作日志第 {seq} 条与库外记录的末条不一致：日志被改写。为保留证据，未写入任何内容；请运行 weipian verify 并从备份恢复。",
                english: $"Entry {seq} of the journal is not the one that the head outside the database names: the journal was rewritten. Nothing was written, to keep the evidence; run weipian verify and restore a backup.",
                status: 503
            );

        public static Problem JournalHeadMissing(string path) =>
            new(
                "store.journal-head-missing",
                chinese: $"缺少操作日志的库外末条记录 {path}，无法确认日志完整。未写入任何内容；请从备份恢复该文件。",
                english: $"The head of the journal kept outside the database, {path}, is missing or unreadable, so nobody can tell whether the journal is whole. Nothing was written; restore the file from a backup.",
                status: 503
            );

        public static Problem RootUnreadable(string file, string line) =>
            new(
                "store.root-unreadable",
                chinese: $"{file} 中没有可读的日根{(line.Length > 0 ? $"（“{line}”）" : "")}，没有比对：每行应为 WEIPIAN-ROOT 1 方案 日期 条数 算法 哈希。",
                english: $"{file} holds no readable root of a day{(line.Length > 0 ? $" ('{line}')" : "")}; nothing was compared. A line reads WEIPIAN-ROOT 1 PLAN DAY COUNT ALGORITHM HASH."
            );

        public static Problem DiskLow(string folder, long free, long least) =>
            new(
                "store.disk-low",
                chinese: $"{folder} 所在磁盘只剩 {free / 1048576} MB（至少需要 {least / 1048576} MB），没有写入任何内容，仍可查阅：请联系系统管理员清理磁盘后重试。",
                english: $"The disk of {folder} has {free / 1048576} MB left and needs {least / 1048576} MB; nothing was written, and everything can still be read. Ask the administrator to make space, then try again.",
                status: 507
            );

        public static Problem BlobMissing(string sha256) =>
            new(
                "store.blob-missing",
                chinese: $"文件库中缺少 {sha256}：请从备份恢复 blobs 目录。",
                english: $"The file {sha256} is missing from the file store: restore the blobs folder from a backup.",
                status: 500
            );

        public static Problem BlobDamaged(string sha256) =>
            new(
                "store.blob-damaged",
                chinese: $"文件库中的 {sha256} 内容已变（校验值不符），未予采用：请从备份恢复 blobs 目录。",
                english: $"The file {sha256} in the file store no longer has the content its address says; it was not used. Restore the blobs folder from a backup.",
                status: 500
            );

        public static Problem NoSuchSeat(string login) =>
            new(
                "store.no-such-seat",
                chinese: $"没有登录名为“{login}”的席位，未作改动；席位由方案规定。",
                english: $"There is no seat with the login '{login}'; nothing was changed. The plan says which seats there are.",
                status: 404
            );

        public static Problem NotYourSeat(string login) =>
            new(
                "store.not-your-seat",
                chinese: $"席位“{login}”的口令只能由本人或系统管理员设置，未作改动。",
                english: $"The password of seat '{login}' is set by the seat itself or by the administrator only; nothing was changed.",
                status: 403
            );

        public static Problem PasswordGuessable(string why) =>
            new(
                "store.password-guessable",
                chinese: $"口令容易被猜到（{(why == "login" ? "含有登录名" : why == "repeated" ? "重复或连续的字符" : "属于常用口令")}），未作改动；请换一个。",
                english: $"The password is easily guessed ({(why == "login" ? "it holds the login" : why == "repeated" ? "repeated or successive characters" : "a common one")}); nothing was changed. Choose another."
            );

        public static Problem SecondFactorWrong(string login) =>
            new(
                "store.second-factor-wrong",
                chinese: $"席位“{login}”的动态码不正确、已过期或已用过，未登录也未作改动；请等下一个动态码再试。",
                english: $"The code of seat '{login}' is wrong, over, or was used already; nothing was opened or changed. Wait for the next code and try again.",
                status: 403
            );

        public static Problem SecondFactorThere(string login) =>
            new(
                "store.second-factor-there",
                chinese: $"席位“{login}”已有第二因素，未作改动；换手机时先停用原有的。",
                english: $"Seat '{login}' has a second factor already; nothing was changed. Give the old one up first when the phone changes.",
                status: 409
            );

        public static Problem NothingChanges(string subject) =>
            new(
                "store.nothing-changes",
                chinese: $"“{subject}”已经如此，没有写入任何内容。",
                english: $"'{subject}' is so already; nothing was written.",
                status: 409
            );

        public static Problem BudgetLineExceeded(string line, long leftFen) =>
            new(
                "store.budget-line-exceeded",
                chinese: $"预算“{line}”只剩 {leftFen / 100m:0.00} 元，支出超过余额，没有写入任何内容；请先追加预算。",
                english: $"Of the budget line '{line}' {leftFen / 100m:0.00} yuan are left, and the spending is more; nothing was written. Enter a further budget first."
            );

        public static Problem DeviceKeyWrong() =>
            new(
                "store.device-key-wrong",
                chinese: "设备密钥不是 P-256 公钥，或证明签名不是用它作出的；没有登记。请在设备上重新生成。",
                english: "The key of the device is no public key on P-256, or its proof was not signed with it; nothing was enrolled. Make it anew on the device."
            );

        public static Problem SealedTextUnreadable(string belongsTo, string key) =>
            new(
                "store.sealed-text-unreadable",
                chinese: $"{belongsTo} 的密文无法解开：缺少密钥 {key}，或密文被改动、移动。没有显示任何内容；请恢复密钥文件并运行 weipian verify。",
                english: $"The sealed text of {belongsTo} cannot be opened: the key {key} is missing, or the text was changed or moved. Nothing was shown; restore the file of the keys and run weipian verify.",
                status: 503
            );

        public static Problem FileOfOtherUnit(string login) =>
            new(
                "store.file-of-other-unit",
                chinese: $"该文件含个人信息，所属图斑或措施不归席位“{login}”的单位负责，没有显示；确需查阅的请责任单位或区级提供。",
                english: $"The file holds personal data and is about a patch or measure of another unit than that of seat '{login}'; nothing was shown. Ask the unit responsible or the district.",
                status: 403
            );

        public static Problem KeysStillNeeded(int older) =>
            new(
                "store.keys-still-needed",
                chinese: $"还有 {older} 条密文由旧密钥加密，没有销毁任何密钥；请先运行 weipian rotate-keys。",
                english: $"{older} sealed texts are still under an older key; no key was destroyed. Run weipian rotate-keys first.",
                status: 409
            );

        public static Problem PasswordTooShort(int least) =>
            new(
                "store.password-too-short",
                chinese: $"口令少于 {least} 个字符，未作改动；请换一个更长的口令。",
                english: $"The password has fewer than {least} characters; nothing was changed. Choose a longer one."
            );
    }
}
