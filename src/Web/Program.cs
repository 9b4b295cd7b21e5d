using Weipian.Web.Verbs;

return await CommandLine.RunAsync(args);
