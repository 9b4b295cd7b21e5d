namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals of the web server and its sign-in.</summary>
    public static class Web
    {
        public static Problem BadSetting(string name, string value, string zh, string en) =>
            new(
                "web.bad-setting",
                chinese: $"设置 {name} 的值“{value}”无法理解，没有启动：应为{zh}。",
                english: $"The setting {name} has the value '{value}', which is not understood, and nothing was started: it takes {en}.",
                status: 500
            );

        public static Problem AddressTaken(string urls) =>
            new(
                "web.address-taken",
                chinese: $"无法监听 {urls}：地址已被占用或不可用。没有启动任何服务；请停止占用者，或用 --urls 换一个端口。",
                english: $"Cannot listen on {urls}: the address is taken or not available. Nothing was started; stop who holds it, or choose another port with --urls."
            );

        public static Problem NotSignedIn() =>
            new(
                "web.not-signed-in",
                chinese: "尚未登录或登录已失效，未读取也未写入任何内容。请登录后重试。",
                english: "Not signed in, or no longer. Nothing was read or written. Sign in and try again.",
                status: 401
            );

        public static Problem NotAllowed(string role) =>
            new(
                "web.not-allowed",
                chinese: $"角色 {role} 无权进行此操作，未读取也未写入任何内容。请由有权的席位办理。",
                english: $"The role {role} may not do this. Nothing was read or written. A seat that may has to do it.",
                status: 403
            );

        public static Problem NoSuchPatch(string asked) =>
            new(
                "web.no-such-patch",
                chinese: $"本席位可见范围内没有图斑 {asked}。请核对图斑号或更换席位。",
                english: $"There is no patch {asked} among those this seat sees. Check the number, or use another seat.",
                status: 404
            );

        public static Problem NoSuchProgramme(string asked) =>
            new(
                "web.no-such-programme",
                chinese: $"没有批次 {asked}。批次由工作方案规定，见“批次总览”。",
                english: $"There is no programme {asked}. Programmes come from the work plan; see the board.",
                status: 404
            );

        public static Problem BadRequest(string found) =>
            new(
                "web.bad-request",
                chinese: $"请求无法理解（{found}），没有写入任何内容。请按 /openapi.json 修正后重发。",
                english: $"The request cannot be understood ({found}); nothing was written. Correct it by /openapi.json and send it again.",
                status: 400
            );

        public static Problem TextTooLong(string field, int length, int most) =>
            new(
                "web.text-too-long",
                chinese: $"“{field}”有 {length} 个字符，最多 {most} 个；没有写入任何内容。请缩短，或把长文作为附件。",
                english: $"'{field}' has {length} characters and may have {most}; nothing was written. Shorten it, or attach the long text as a file.",
                status: 400
            );

        public static Problem HiddenCharacter(string field, string codePoint, int place) =>
            new(
                "web.hidden-character",
                chinese: $"“{field}”的第 {place} 个字符（{codePoint}）看不见或改变书写方向，会使文字看起来与实际不同；没有写入任何内容。请删去后重试。",
                english: $"Character {place} of '{field}' ({codePoint}) is invisible or turns the direction of writing, so that the text would look other than it is; nothing was written. Remove it and try again.",
                status: 400
            );

        public static Problem RequestTooLarge(long bytesMax) =>
            new(
                "web.request-too-large",
                chinese: $"请求超过 {bytesMax} 字节，没有读完也没有写入任何内容。请分几次发送；图层和图斑用命令行导入。",
                english: $"The request is larger than {bytesMax} bytes; it was not read to its end and nothing was written. Send it in parts; layers and patches are imported by the command line.",
                status: 413
            );

        public static Problem NoIdempotencyKey() =>
            new(
                "web.no-idempotency-key",
                chinese: "写入请求缺少 Idempotency-Key 请求头（8 至 100 个可见字符），没有写入任何内容。请为每次操作生成一个并在重发时保持不变。",
                english: "A writing request needs the header Idempotency-Key (8 to 100 visible characters); nothing was written. Make one for each act and keep it when sending again.",
                status: 400
            );

        public static Problem NoReason() =>
            new(
                "web.no-reason",
                chinese: "写入请求缺少 reason（理由），没有写入任何内容。请说明理由后重发。",
                english: "A writing request needs a reason; nothing was written. Say why and send it again.",
                status: 400
            );

        public static Problem KeyUsedOtherwise(string key) =>
            new(
                "web.key-used-otherwise",
                chinese: $"Idempotency-Key {key} 已用于另一内容的请求，本次没有写入。请为新的操作生成新的键。",
                english: $"The Idempotency-Key {key} was used for a request with other content; nothing was written now. Make a new key for a new act.",
                status: 409
            );

        public static Problem KeyUnusable(string key) =>
            new(
                "web.key-unusable",
                chinese: $"按键“{key}”不能用作工作台快捷键，原有按键没有改变。请选一个字母、数字或符号键，或回车、空格。",
                english: $"The key {key} cannot be a key of the workbench; the keys are as they were. Choose a letter, a digit, a sign, Enter or Space.",
                status: 400
            );

        public static Problem KeyTaken(string key, string actionZh, string actionEn) =>
            new(
                "web.key-taken",
                chinese: $"按键“{key}”已用于“{actionZh}”，原有按键没有改变。请先给“{actionZh}”换一个键，或另选一个键。",
                english: $"The key {key} is taken by \"{actionEn}\"; the keys are as they were. Give that one another key first, or choose another.",
                status: 409
            );

        public static Problem OurFault(string trace) =>
            new(
                "web.our-fault",
                chinese: $"程序出错，未确认的操作没有写入，已确认的内容不受影响。请把编号 {trace} 告诉管理员。",
                english: $"The program failed. What was not acknowledged was not written; what was acknowledged is safe. Tell the administrator the number {trace}.",
                status: 500
            );
    }
}
