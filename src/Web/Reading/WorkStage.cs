namespace Weipian.Web.Reading;

/// <summary>The stages of the work in their order, as the navigation and the home page group what belongs together.</summary>
public enum WorkStage
{
    /// <summary>The plan and its dates, across all stages.</summary>
    Plan,
    Intake,
    Comparison,
    Verification,
    Determination,
    CaseFile,
    Rectification,
    Ledger,
    Escalation,
    Reports,

    /// <summary>Layers, law, imagery: what the work stands on.</summary>
    Library,
    Administration,
}

/// <summary>The names of stages in the person's language.</summary>
public static class WorkStages
{
    public static string Name(this WorkStage stage) => Texts.Say.T("work." + stage.ToString().ToLowerInvariant());
}
