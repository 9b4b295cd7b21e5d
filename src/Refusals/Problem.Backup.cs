namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Backups and what is restored from them.</summary>
    public static class Backup
    {
        public static Problem DatabaseNotEmpty(string database) =>
            new(
                "backup.database-not-empty",
                chinese: $"PostgreSQL 数据库 {database} 不是空的，没有恢复任何内容：请新建一个空数据库。",
                english: $"The PostgreSQL database {database} is not empty; nothing was restored. Make a new, empty one.",
                status: 409
            );

        public static Problem Running() =>
            new(
                "backup.running",
                chinese: "另一次备份正在进行，本次没有开始：请等它结束后再试。",
                english: "Another backup is being made; this one was not begun. Try again when it is done.",
                status: 409
            );

        public static Problem FileExists(string path) =>
            new(
                "backup.file-exists",
                chinese: $"{path} 已经存在，没有覆盖：请换一个文件名。",
                english: $"{path} exists already and was not overwritten: choose another name.",
                status: 409
            );

        public static Problem CannotWrite(string path, string why) =>
            new(
                "backup.cannot-write",
                chinese: $"无法写入 {path}（{why}），没有留下半个文件：请检查磁盘空间和权限后重试。",
                english: $"{path} could not be written ({why}); no half of it was left. Check the space on the disk and the rights, and try again.",
                status: 507
            );

        public static Problem PassphraseTooShort(int least) =>
            new(
                "backup.passphrase-too-short",
                chinese: $"备份口令少于 {least} 个字符，没有制作备份：请换一个更长的口令，并与备份分开保管。",
                english: $"The passphrase has fewer than {least} characters; no backup was made. Choose a longer one and keep it apart from the backup."
            );

        public static Problem PassphraseNeeded(string file) =>
            new(
                "backup.passphrase-needed",
                chinese: $"备份 {file} 已加密，没有恢复：请用 --passphrase-file 给出制作时的口令。",
                english: $"The backup {file} is encrypted and was not restored: give the passphrase it was made with by --passphrase-file."
            );

        public static Problem WrongPassphrase(string file) =>
            new(
                "backup.wrong-passphrase",
                chinese: $"口令不能打开备份 {file}，没有恢复任何内容：请用制作该备份时的口令。",
                english: $"The passphrase does not open the backup {file}; nothing was restored. Use the one it was made with."
            );

        public static Problem NoSuchFile(string file) =>
            new("backup.no-such-file", chinese: $"没有文件 {file}。", english: $"There is no file {file}.", status: 404);

        public static Problem NotABackup(string file) =>
            new(
                "backup.not-a-backup",
                chinese: $"{file} 不是本系统的备份，没有恢复任何内容。",
                english: $"{file} is no backup of this program; nothing was restored."
            );

        public static Problem Truncated(string file) =>
            new(
                "backup.truncated",
                chinese: $"备份 {file} 不完整（尾部缺失或已损坏），没有恢复任何内容：请换一份完整的备份。",
                english: $"The backup {file} is not whole: its end is missing or damaged, and nothing was restored. Take one that is whole."
            );

        public static Problem Damaged(string file, string zh, string en) =>
            new(
                "backup.damaged",
                chinese: $"备份 {file} 已损坏：{zh}与制作时不符，没有恢复任何内容。请换一份备份。",
                english: $"The backup {file} is damaged: {en} is not as it was written, and nothing was restored. Take another backup."
            );

        public static Problem OtherVersion(string file, int version, int known) =>
            new(
                "backup.other-version",
                chinese: $"备份 {file} 的格式版本是 {version}，本程序认识版本 {known}，没有恢复任何内容：请用制作它的程序版本。",
                english: $"The backup {file} has layout version {version}; this program knows version {known}, and nothing was restored. Use the program that made it."
            );

        public static Problem FromLaterProgram(string file, string migration) =>
            new(
                "backup.from-later-program",
                chinese: $"备份 {file} 由更新版本的程序制作（数据库已到 {migration}），没有恢复任何内容：请先升级程序。",
                english: $"The backup {file} was made by a later version of the program (its database is at {migration}); nothing was restored. Upgrade the program first."
            );

        public static Problem UnsafePath(string file, string entry) =>
            new(
                "backup.unsafe-path",
                chinese: $"备份 {file} 中的条目“{entry}”会写到恢复目录之外，或不是普通文件，没有恢复任何内容：这不是本程序制作的备份。",
                english: $"The entry '{entry}' of the backup {file} would be written outside the folder, or is no plain file; nothing was restored. This program did not make that backup."
            );

        public static Problem PlaceNotEmpty(string folder) =>
            new(
                "backup.place-not-empty",
                chinese: $"目录 {folder} 不是空的，没有恢复任何内容：请用 --data 指定一个空目录。",
                english: $"The folder {folder} is not empty; nothing was restored. Give an empty one by --data.",
                status: 409
            );

        public static Problem NotSound(string file, int findings, string first) =>
            new(
                "backup.not-sound",
                chinese: $"备份 {file} 读出后校验发现 {findings} 处不符（首处：{first}），没有启用：制作备份时数据已经不符，请换更早的备份并核查原系统。",
                english: $"What the backup {file} holds does not verify: {findings} found wrong, the first is {first}. It was not put to use. The data were wrong when it was made: take an earlier one, and look at the installation."
            );
    }
}
