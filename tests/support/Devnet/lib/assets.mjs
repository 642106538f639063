// The app, the dataset and the workerpools that all deals use.
import { getAddress, hexlify, id, namehash, toBeHex, toUtf8Bytes } from 'ethers';
import * as artifacts from './artifacts.mjs';
import { addresses } from './accounts.mjs';
import { Contract } from './chain.mjs';
import { register } from './ens.mjs';

const text = (value) => hexlify(toUtf8Bytes(value));

/** The workerpools by what is odd about their API's URL. The good one of `main` is set by each test, once it has a server. */
const pools = {
  main: { label: 'main' },
  noName: {},
  noUrl: { label: 'nourl' },
  badUrl: { label: 'badurl', apiUrl: 'not a url' },
  deadUrl: { label: 'deadurl', apiUrl: 'http://127.0.0.1:1' },
};

/** Resolves to `{ app, dataset, workerpools: { name: { address, ensName?, ensNode? } } }`. */
export async function createAssets({ registries, ens }, profile, datasetCid) {
  const { appOwner, datasetOwner, scheduler } = addresses;
  const app = await create(registries.app, appOwner, 'createApp', [appOwner, 'devnet-app', 'DOCKER',
    text('registry.hub.docker.com/iexechub/python-hello-world:8.0.0'), id('app-checksum'), '0x']);
  const dataset = await create(registries.dataset, datasetOwner, 'createDataset', [datasetOwner, 'devnet-dataset',
    text(`/ipfs/${datasetCid}`), id('dataset-checksum')]);
  if (ens) {
    const target = new Contract(ens.registry.chain, app, artifacts.poco(profile.poco, 'registries/apps/App').abi);
    await register(ens, { label: 'hello', domain: 'apps', owner: appOwner, target });
  }

  const workerpools = {};
  const { abi } = artifacts.poco(profile.poco, 'registries/workerpools/Workerpool');
  for (const [name, { label, apiUrl }] of Object.entries(pools)) {
    const address = await create(registries.workerpool, scheduler, 'createWorkerpool', [scheduler, `devnet-${name}`]);
    workerpools[name] = { address };
    if (ens && label) {
      const target = new Contract(ens.registry.chain, address, abi);
      const ensName = await register(ens, { label, domain: 'pools', owner: scheduler, target, apiUrl });
      Object.assign(workerpools[name], { ensName, ensNode: namehash(ensName) });
    }
  }
  return { app, dataset, workerpools };
}

// An asset is a token whose id is its address.
async function create(registry, owner, method, args) {
  const receipt = await registry.send(owner, method, args);
  return getAddress(toBeHex(registry.event(receipt, 'Transfer').tokenId, 20));
}
