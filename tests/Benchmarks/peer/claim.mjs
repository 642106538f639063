// Claims tasks with the iexec SDK, as its users do, and prints the hash of each claim's transaction.
// stdin: { "url": RPC node, "privateKey": a devnet account's, "taskIds": [...] }
import { text } from 'node:stream/consumers';
import { IExecTaskModule, utils } from 'iexec';

const { url, privateKey, taskIds } = JSON.parse(await text(process.stdin));
const tasks = new IExecTaskModule({ ethProvider: utils.getSignerFromPrivateKey(url, privateKey) });

const hashes = [];
for (const taskId of taskIds) hashes.push(await tasks.claim(taskId));
console.log(JSON.stringify(hashes));
process.exit(0);
