// node build.mjs <folder>: builds the devnet's state into a folder: content first, then both chains side by side.
// node build.mjs <folder> <profile>: one chain, on content that is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addresses, wallets } from './lib/accounts.mjs';
import { startAnvil } from './lib/anvil.mjs';
import { createAssets } from './lib/assets.mjs';
import { Chain } from './lib/chain.mjs';
import { buildContent } from './lib/content.mjs';
import { deployAll } from './lib/deploy.mjs';
import { MULTICALL3, profiles } from './lib/profiles.mjs';
import { scenario } from './lib/scenario.mjs';
import { populate } from './lib/tasks.mjs';

const [, script, state = fileURLToPath(new URL('state', import.meta.url)), only] = process.argv;
const write = (name, value) => fs.writeFileSync(path.join(state, name), JSON.stringify(value));

if (only) {
  await buildChain(profiles[only], JSON.parse(fs.readFileSync(path.join(state, 'content.json'), 'utf8')));
} else {
  fs.mkdirSync(state, { recursive: true });
  write('content.json', await buildContent(state));
  await Promise.all(Object.keys(profiles).map(async (name) => {
    const [code] = await once(spawn(process.execPath, [script, state, name], { stdio: 'inherit' }), 'exit');
    if (code !== 0) throw new Error(`Building ${name} failed`);
  }));
}

async function buildChain(profile, content) {
  const anvil = await startAnvil(profile.chainId);
  try {
    const chain = new Chain(anvil.url);
    await chain.rpc.call('anvil_setBlockTimestampInterval', 1);
    const deployment = await deployAll(chain, profile);
    const assets = await createAssets(deployment, profile, content.single.cid);
    const deals = await populate(chain, deployment, assets, profile, scenario(content, deployment.callbackReceiver.address));
    write(`${profile.name}.anvil.json`, await chain.dump());
    write(`${profile.name}.json`, describe(profile, deployment, assets, deals, content));
    chain.rpc.close();
  } finally {
    anvil.stop();
  }
}

/** What the tests know about a chain; DevnetState in C# reads it. */
function describe(profile, { hub, registries, rlc, ens, callbackReceiver }, { app, dataset, workerpools }, deals, content) {
  return {
    chainId: profile.chainId,
    contracts: {
      hub: hub.address,
      multicall3: MULTICALL3,
      appRegistry: registries.app.address,
      datasetRegistry: registries.dataset.address,
      workerpoolRegistry: registries.workerpool.address,
      rlc: rlc?.address,
      ensRegistry: ens?.registry.address,
      ensPublicResolver: ens?.resolver.address,
      callbackReceiver: callbackReceiver.address,
      app,
      dataset,
    },
    accounts: Object.fromEntries(Object.entries(wallets).map(([role, { address, privateKey }]) => [role, { address, privateKey }])),
    workerpools,
    deals: Object.fromEntries(deals.map((deal) => [deal.name, {
      dealId: deal.dealId,
      category: deal.category,
      requester: addresses[deal.requester],
      sponsor: addresses[deal.sponsor ?? deal.requester],
      workerpool: deal.workerpool,
      prices: deal.prices,
      botFirst: deal.botFirst,
      volume: deal.volume,
      tasks: deal.tasks,
    }])),
    content,
  };
}
