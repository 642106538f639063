// Reads tasks with the iexec SDK, as its users do, and prints the milliseconds that each warm round took.
// stdin: { "url": RPC node, "taskIds": [...], "rounds": n }
import { text } from 'node:stream/consumers';
import { IExecTaskModule } from 'iexec';

const { url, taskIds, rounds } = JSON.parse(await text(process.stdin));
const tasks = new IExecTaskModule({ ethProvider: url });

const read = () => Promise.all(taskIds.map((taskId) => tasks.show(taskId)));
await tasks.show(taskIds[0]);
await read();
const milliseconds = [];
for (let round = 0; round < rounds; round += 1) {
  const start = performance.now();
  await read();
  milliseconds.push(performance.now() - start);
}
console.log(JSON.stringify(milliseconds));
process.exit(0);
