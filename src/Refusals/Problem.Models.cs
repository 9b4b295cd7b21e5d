namespace Weipian;

public sealed partial class Problem
{
    /// <summary>Refusals about a change model that somebody brought. Without it everything works as before.</summary>
    public static class Models
    {
        public static Problem Unreadable(string file, string why) =>
            new(
                "models.unreadable",
                $"变化模型文件“{file}”不能读取（{why}）。模型未启用；请核对 WEIPIAN_CHANGE_MODEL。",
                $"The file of the change model “{file}” cannot be read ({why}). The model is not in use; check WEIPIAN_CHANGE_MODEL."
            );

        public static Problem RuntimeMissing(string looked, string version) =>
            new(
                "models.runtime-missing",
                $"缺少运行 ONNX 模型的程序库。模型未启用；请取 NuGet 包 Microsoft.ML.OnnxRuntime {version} 中与本机对应的 runtimes/*/native 库文件，放在 {looked}，或用 WEIPIAN_ONNX_RUNTIME 指明其位置。",
                $"The library that runs ONNX models is not here. The model is not in use; take the native library of this machine (runtimes/*/native) from the NuGet package Microsoft.ML.OnnxRuntime {version} and put it at {looked}, or name it in WEIPIAN_ONNX_RUNTIME."
            );

        public static Problem NotOnnx(string file, string why) =>
            new(
                "models.not-onnx",
                $"文件“{file}”不是可运行的 ONNX 模型（{why}）。模型未启用；请重新导出（ONNX，opset 不高于运行库所支持的版本，权重在同一文件内）。",
                $"The file “{file}” is no ONNX model that runs ({why}). The model is not in use; export it again (ONNX, an opset that the library knows, weights in the same file)."
            );

        public static Problem Contract(string file, string found) =>
            new(
                "models.contract",
                $"模型“{file}”的输入输出不合约定（{found}）。模型未启用；约定：输入 before、after 为 float32 [1,3,边长,边长]，输出 change 为 float32 [1,1,边长,边长] 或 [1,1]。",
                $"Inputs or outputs of the model “{file}” are not as agreed ({found}). The model is not in use; agreed are inputs before, after of float32 [1,3,side,side] and an output change of float32 [1,1,side,side] or [1,1]."
            );

        public static Problem Output(string file, string found) =>
            new(
                "models.output",
                $"模型“{file}”的结果不可用（{found}）；应为 0 至 1 的概率。这一数值不显示；请核对模型是否以 sigmoid 结束。",
                $"What the model “{file}” answers cannot be used ({found}); it should be probabilities from 0 to 1. The number is not shown; see whether the model ends in a sigmoid."
            );

        public static Problem TooSlow(string file, int seconds) =>
            new(
                "models.too-slow",
                $"模型“{file}”运行超过 {seconds} 秒，已停止。这一数值不显示；请换用较小的模型。",
                $"The model “{file}” ran for more than {seconds} seconds and was stopped. The number is not shown; use a smaller model."
            );
    }
}
