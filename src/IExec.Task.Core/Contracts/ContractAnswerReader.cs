namespace IExec.Tasks.Contracts;

/// <summary>Makes a value of what a read of a contract returned.</summary>
internal delegate T ContractAnswerReader<out T>(ContractAnswer answer);
