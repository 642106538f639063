// Makes the scenario's deals and drives their tasks, step by step, each step for all tasks at once.
import { ZeroAddress, getBytes, hexlify, id, keccak256, solidityPackedKeccak256, toUtf8Bytes } from 'ethers';
import { addresses, wallets } from './accounts.mjs';
import { DealMaker, taskId } from './deals.mjs';
import { states } from './scenario.mjs';

const PER_ARRAY = 100; // tasks that one initializeArray creates
const DAY = 86400; // any XS task has timed out after one

/** Resolves to the deals, each with `dealId` and `tasks: [{ taskId, index, state, … }]`. */
export async function populate(chain, deployment, assets, profile, scenario) {
  const { hub, callbackReceiver } = deployment;
  const deals = await makeDeals(chain, new DealMaker(hub, profile.chainId, assets, callbackReceiver), scenario);
  const tasks = deals.flatMap((deal) => deal.tasks);
  const inStep = (step) => tasks.filter(({ state }) => states[state].steps.includes(step));

  await chain.sendAll(initializations(hub, inStep('initialize')));
  await chain.sendAll(await Promise.all(inStep('contribute').map((task) => contribution(hub, task))));
  await chain.sendAll(inStep('reveal').map((task) => hub.transaction(addresses.worker1, 'reveal', [task.taskId, task.digest])));
  await chain.sendAll(inStep('finalize').map((task) => finalization(hub, task)));
  await chain.advance(DAY);
  await chain.sendAll(inStep('claim').map((task) => hub.transaction(addresses.anyone, 'claim', [task.taskId])));
  await verify(hub, tasks);
  return deals;
}

async function makeDeals(chain, maker, scenario) {
  const deals = await Promise.all(scenario.map(async (deal) => ({ ...deal, ...await maker.make(deal) })));
  await chain.sendAll(deals.map(({ transaction }) => transaction));
  return deals.map((deal) => ({ ...deal, tasks: tasksOf(deal) }));
}

function tasksOf(deal) {
  return deal.parts.flatMap(([state, count]) => Array(count).fill(state)).map((state, offset) => ({
    taskId: taskId(deal.dealId, deal.botFirst + offset),
    dealId: deal.dealId,
    index: deal.botFirst + offset,
    state,
    results: deal.results ?? '',
    callbackData: deal.callbackData ?? '0x',
    digest: deal.callbackData ? keccak256(deal.callbackData) : deal.digest ?? id(`digest:${deal.name}`),
  }));
}

function initializations(hub, tasks) {
  const transactions = [];
  for (let i = 0; i < tasks.length; i += PER_ARRAY) {
    const part = tasks.slice(i, i + PER_ARRAY);
    transactions.push(hub.transaction(addresses.anyone, 'initializeArray',
      [part.map(({ dealId }) => dealId), part.map(({ index }) => index)]));
  }
  return transactions;
}

// The workerpool's owner must have authorised the worker for the task.
async function contribution(hub, { taskId: task, digest }) {
  const worker = addresses.worker1;
  const resultHash = solidityPackedKeccak256(['bytes32', 'bytes32'], [task, digest]);
  const resultSeal = solidityPackedKeccak256(['address', 'bytes32', 'bytes32'], [worker, task, digest]);
  const authorization = solidityPackedKeccak256(['address', 'bytes32', 'address'], [worker, task, ZeroAddress]);
  return hub.transaction(worker, 'contribute', [task, resultHash, resultSeal, ZeroAddress, '0x',
    await wallets.scheduler.signMessage(getBytes(authorization))]);
}

function finalization(hub, { taskId: task, results, callbackData }) {
  return hub.transaction(addresses.scheduler, 'finalize', [task, hexlify(toUtf8Bytes(results)), callbackData]);
}

// A scenario that did not come out as written must fail here, not in somebody's test.
async function verify(hub, tasks) {
  const views = await hub.readAll('viewTask', tasks.map((task) => [task.taskId]));
  views.forEach((view, i) => {
    const { status } = states[tasks[i].state];
    if (Number(view.status) !== status) {
      throw new Error(`Task ${tasks[i].taskId} should be ${tasks[i].state} (${status}), but its status is ${view.status}`);
    }
  });
}
