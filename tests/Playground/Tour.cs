using System;
using System.Collections.Generic;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.Playground;

/// <summary>Runs the steps, and shows each command and its output.</summary>
internal static class Tour
{
    public static int Run(World world)
    {
        foreach (var (explanation, commands) in Steps(world))
        {
            Console.WriteLine();
            Console.WriteLine($"# {explanation}");
            foreach (var command in commands)
            {
                Console.WriteLine($"PS> {command}");
                world.Host.Render(command);
            }
        }

        Console.WriteLine();
        Console.WriteLine("That was the tour. Try it yourself: dotnet run --project tests/Playground -- --prompt");
        return 0;
    }

    private static IEnumerable<(string Explanation, string[] Commands)> Steps(World world)
    {
        var deals = world.State.Deals;
        var tasks = world.State.Tasks;
        yield return ("The chains that the module knows", ["Get-IExecChain"]);
        yield return ("Connect; here to the local copy of one", [world.ConnectCommand, "Get-IExecConnection"]);
        yield return ("Look at a task", [$"Get-IExecTask {tasks["completedSingle"].TaskId}"]);
        yield return ("All its details", [$"Get-IExecTask {tasks["completedSingle"].TaskId} | ForEach-Object {{ $_.Result.Location; $_.Contributors; $_.FinalDeadline.ToString('u') }}"]);
        yield return ("A deal of 1,000 tasks, in two requests",
        [
            $"$bag = Get-IExecTask -DealId {deals["bag"].DealId}",
            "$bag.Count",
            "$bag | Where-Object Index -in 0, 300, 500, 800",
        ]);
        yield return ("What can be claimed, on the chain's own clock", [$"Get-IExecTask -DealId {deals["bagTimeout"].DealId} -Index 0, 1 | Where-Object IsClaimable"]);
        yield return ("Why does a task not finish? Its workerpool knows", [$"Get-IExecTaskOffchainInfo {tasks["active"].TaskId}"]);
        yield return ("And how did that workerpool do recently?", [$"Get-IExecDeal {tasks["active"].DealId} | Get-IExecWorkerpool -Since 2024-01-01"]);
        yield return ("Logs are for the requester: connect with its key, which $requesterKey holds as a SecureString",
        [
            $"Get-IExecTaskLog {tasks["active"].TaskId}",
            $"{world.ConnectCommand} -PrivateKey $requesterKey",
            $"Get-IExecTaskLog {tasks["active"].TaskId}",
        ]);
        yield return ("Control characters in a log are shown as symbols; the object has the raw text",
        [
            $"$log = Get-IExecTaskLog {tasks["completedSingle"].TaskId}",
            "$log",
            "$log.Stdout.Contains([char]27)",
        ]);
        yield return ("Save a result: every block is checked against the CID, the output against what the workers agreed on",
        [
            $"Save-IExecTaskResult {tasks["completedLarge"].TaskId} {world.Folder}",
            $"Save-IExecTaskResult {tasks["completedDirectory"].TaskId} {world.Folder} -Expand | ForEach-Object {{ [IO.Directory]::GetFiles($_.Path, '*', 'AllDirectories') }}",
        ]);
        yield return ("An encrypted result is decrypted and verified",
            [$"Save-IExecTaskResult {tasks["completedEncrypted"].TaskId} {world.Folder} -BeneficiaryKeyPath '{DevnetFiles.BeneficiaryKey}'"]);
        yield return ("A result that the workers did not agree on is not saved", [$"Save-IExecTaskResult {tasks["completedDigestMismatch"].TaskId} {world.Folder}"]);
        yield return ("What would a claim refund? -WhatIf makes the checks and a dry run, and sends nothing", [$"Invoke-IExecTaskClaim -DealId {deals["claimMixed"].DealId} -WhatIf"]);
        yield return ("Refunds for tasks that did not complete: a hundred of them, half never initialised, in two transactions",
        [
            $"$claims = Invoke-IExecTaskClaim -DealId {deals["claimMixed"].DealId} -Force",
            "$claims.Count",
            "[System.Collections.Generic.HashSet[string]]::new([string[]]$claims.TransactionHash)",
        ]);
        yield return ("Find what can be claimed, see why, and claim it; the payer gets the refund",
        [
            $"$lost = Find-IExecTask -Payer {world.State.Accounts.Sponsor.Address} -Claimable",
            "$lost[0] | Get-IExecTaskDiagnosis",
            "$lost | Invoke-IExecTaskClaim -Force",
        ]);
        yield return ("A task can be claimed once, and only after its final deadline", [$"Invoke-IExecTaskClaim {tasks["failedFromActive"].TaskId}, {tasks["active"].TaskId} -Force"]);
        yield return ("For a hardware wallet, a key vault or a multi-signature wallet", [$"Invoke-IExecTaskClaim {tasks["claimable0"].TaskId} -AsUnsignedTransaction"]);
        var work = world.CompleteAsync(tasks["live0"]);
        yield return ("Watch a task while a worker does it", [$"Watch-IExecTask {tasks["live0"].TaskId} -Detailed -PollingIntervalSec 0.5"]);
        work.GetAwaiter().GetResult();
        yield return ("One invalid id does not stop the others", [$"'0x123', '{tasks["active"].TaskId}' | Get-IExecTask"]);
    }
}
