namespace IExec.Tasks.Contracts;

/// <summary>Decodes the result of a call.</summary>
internal delegate T ContractAnswerReader<out T>(ContractAnswer answer);
