// dotnet run --project tests/support/Devnet -- <Bellecour|Arbitrum>: a chain to play with, until Enter or Ctrl+C.
using System;
using IExec.Tasks.Devnet;

var profile = args.Length > 0 ? Enum.Parse<DevnetProfile>(args[0], ignoreCase: true) : DevnetProfile.Bellecour;
await using var chain = await DevnetChain.StartAsync(profile);
Console.WriteLine(chain.RpcUrl);
Console.ReadLine();
