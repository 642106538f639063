// Finds what an account could claim with the iexec SDK, as its users do: the deals by the market API, then each deal, then each task.
// stdin: { "url": RPC node, "marketUrl": market API, "requester": address, "most": deals to look into }
// stdout: { "milliseconds": n, "deals": n, "tasks": n, "claimable": n }; a task that is not initialised is none that the SDK can read.
import { text } from 'node:stream/consumers';
import { IExecDealModule, IExecTaskModule, errors } from 'iexec';

const { url, marketUrl, requester, most } = JSON.parse(await text(process.stdin));
const provider = [{ ethProvider: url }, { iexecGatewayURL: marketUrl }];
const deals = new IExecDealModule(...provider);
const tasks = new IExecTaskModule(...provider);

const show = async (taskId) => {
  try {
    return await tasks.show(taskId);
  } catch (error) {
    if (error instanceof errors.ObjectNotFoundError) return undefined;
    throw error;
  }
};

const start = performance.now();
let found = 0;
let asked = 0;
let claimable = 0;
let page = await deals.fetchRequesterDeals(requester, { pageSize: 1000 });
while (page) {
  for (const { dealid } of page.deals.slice(0, most - found)) {
    found += 1;
    const deal = await deals.show(dealid);
    const read = await Promise.all(Object.values(deal.tasks).map(show));
    asked += read.length;
    claimable += read.filter((task) => task?.taskTimedOut).length;
  }
  page = found < most && page.more && (await page.more());
}
console.log(JSON.stringify({ milliseconds: performance.now() - start, deals: found, tasks: asked, claimable }));
process.exit(0);
