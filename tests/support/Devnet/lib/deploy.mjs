// Deploys everything that is there before the first deal: the hub and its registries, RLC, Multicall3, ENS.
import { ZeroAddress } from 'ethers';
import * as artifacts from './artifacts.mjs';
import * as poco5 from './poco5.mjs';
import * as poco6 from './poco6.mjs';
import { deployEns } from './ens.mjs';
import { MULTICALL3, categories } from './profiles.mjs';
import { addresses } from './accounts.mjs';
import { Contract } from './chain.mjs';

const NRLC_PER_ACCOUNT = 10n ** 15n; // a million RLC
const WEI_PER_NRLC = 10n ** 9n;
const depositors = ['requester', 'scheduler', 'scheduler2', 'worker1', 'worker2', 'sponsor'].map((role) => addresses[role]);

/** Resolves to `{ hub, registries: { app, dataset, workerpool }, rlc?, ens?, callbackReceiver }`, all `Contract`s. */
export async function deployAll(chain, profile) {
  const { admin } = addresses;
  const rlc = profile.native ? undefined : await chain.deploy(admin, artifacts.rlc());
  const address = await (profile.poco === 5 ? poco5 : poco6).deployHub(chain, profile);
  const hub = new Contract(chain, address,
    artifacts.poco(profile.poco, profile.native ? 'IexecInterfaceNative' : 'IexecInterfaceToken').abi);
  const registries = {
    app: await deployRegistry(chain, profile, 'apps', 'AppRegistry'),
    dataset: await deployRegistry(chain, profile, 'datasets', 'DatasetRegistry'),
    workerpool: await deployRegistry(chain, profile, 'workerpools', 'WorkerpoolRegistry'),
  };
  await hub.send(admin, 'configure', [rlc?.address ?? ZeroAddress, 'Staked RLC', 'SRLC', 9,
    registries.app.address, registries.dataset.address, registries.workerpool.address, ZeroAddress]);
  await chain.sendAll(categories.map(([name, clock]) => hub.transaction(admin, 'createCategory', [name, '""', clock])));
  await deposit(chain, hub, rlc);
  await chain.rpc.call('anvil_setCode', MULTICALL3, artifacts.own('Multicall3').deployedBytecode);
  const callbackReceiver = await chain.deploy(admin, artifacts.own('CallbackReceiver'));
  const ens = profile.ensRegistry ? await deployEns(chain, profile) : undefined;
  return { hub, registries, rlc, ens, callbackReceiver };
}

async function deployRegistry(chain, profile, folder, name) {
  const registry = await chain.deploy(addresses.admin, artifacts.poco(profile.poco, `registries/${folder}/${name}`));
  await registry.send(addresses.admin, 'initialize', [ZeroAddress]);
  await registry.send(addresses.admin, 'setBaseURI', [`https://nfts-metadata.iex.ec/${folder.slice(0, -1)}/${profile.chainId}/`]);
  return registry;
}

async function deposit(chain, hub, rlc) {
  const amounts = depositors.map(() => NRLC_PER_ACCOUNT);
  const total = NRLC_PER_ACCOUNT * BigInt(depositors.length);
  if (rlc) {
    await rlc.send(addresses.admin, 'approve', [hub.address, total]);
    await hub.send(addresses.admin, 'depositForArray', [amounts, depositors]);
  } else {
    await chain.rpc.call('anvil_setBalance', addresses.admin, '0x' + (10n ** 32n).toString(16));
    await hub.send(addresses.admin, 'depositForArray', [amounts, depositors], total * WEI_PER_NRLC);
  }
}
