using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>What a service that is well answers instead of the server behind it; null for the server's answer.</summary>
internal delegate ScriptedReply? Habit(RecordedRequest request, ScriptedReply reply);
