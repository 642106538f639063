// PoCo 5: one ERC-1538 proxy that delegates each function to the module that has it.
import * as artifacts from './artifacts.mjs';
import { addresses } from './accounts.mjs';

const modules = [
  'IexecAccessorsDelegate', 'IexecAccessorsABILegacyDelegate', 'IexecCategoryManagerDelegate', 'IexecERC20Delegate',
  'IexecEscrowNativeDelegate', 'IexecMaintenanceDelegate', 'IexecOrderManagementDelegate', 'IexecPoco1Delegate',
  'IexecPoco2Delegate', 'IexecRelayDelegate', 'ENSIntegrationDelegate', 'IexecMaintenanceExtraDelegate',
  'IexecPocoAccessorsDelegate', 'IexecPocoBoostDelegate', 'IexecPocoBoostAccessorsDelegate',
];

/** Deploys the proxy and its modules; resolves to the hub, not configured yet. */
export async function deployHub(chain, profile) {
  const { admin } = addresses;
  const updater = await chain.deploy(admin, artifacts.erc1538('ERC1538UpdateDelegate'));
  const proxy = await chain.deploy(admin, artifacts.erc1538('ERC1538Proxy'), ['address'], [updater.address]);
  const hub = await chain.copyTo({ ...proxy, abi: updater.abi }, profile.hub);
  const library = await chain.deploy(admin, artifacts.poco(5, 'libs/IexecLibOrders_v5'));
  const add = async (artifact) => {
    const module = await chain.deploy(admin, artifacts.link(artifact, library));
    await hub.send(admin, 'updateContract', [module.address, signatures(artifact.abi), artifact.contractName]);
  };
  await add(artifacts.erc1538('ERC1538QueryDelegate'));
  for (const name of modules) await add(artifacts.poco(5, `modules/delegates/${name}`));
  return hub.address;
}

// 'name(type,type);…' as updateContract reads it; receive and fallback are functions with those names and no brackets.
function signatures(abi) {
  const special = abi.filter(({ type }) => ['receive', 'fallback'].includes(type)).map(({ type }) => `${type};`);
  const named = abi.filter(({ type }) => type === 'function').map((entry) => `${entry.name}${types(entry.inputs)};`);
  return [...special.sort().reverse(), ...named].join('');
}

const types = (inputs) => `(${inputs.map(typeOf).join(',')})`;
const typeOf = ({ type, components }) => components ? type.replace('tuple', types(components)) : type;
