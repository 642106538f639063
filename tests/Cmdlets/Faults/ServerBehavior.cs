using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Replaces the response of a service that works, but differs from the fake; null keeps the server's response.</summary>
internal delegate ScriptedReply? ServerBehavior(RecordedRequest request, ScriptedReply reply);
