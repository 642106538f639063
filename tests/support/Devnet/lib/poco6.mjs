// PoCo 6: a diamond (ERC-2535) that delegates each selector to the facet that has it.
import { Interface, ZeroAddress } from 'ethers';
import * as artifacts from './artifacts.mjs';
import { addresses } from './accounts.mjs';

const facets = [
  'IexecAccessorsABILegacyFacet', 'IexecCategoryManagerFacet', 'IexecConfigurationExtraFacet', 'IexecConfigurationFacet',
  'IexecERC20Facet', 'IexecEscrowTokenFacet', 'IexecOrderManagementFacet', 'IexecPoco1Facet', 'IexecPoco2Facet',
  'IexecPocoAccessorsFacet', 'IexecRelayFacet',
];
const ADD = 0;

/** Deploys the diamond and its facets; resolves to the hub's address, not configured yet. */
export async function deployHub(chain, profile) {
  const { admin } = addresses;
  const taken = new Set(); // a selector may be added once only, and some facets share one
  const cut = async (artifact) => {
    const facet = await chain.deploy(admin, artifact);
    const selectors = selectorsOf(artifact.abi).filter((selector) => !taken.has(selector));
    selectors.forEach((selector) => taken.add(selector));
    return [facet.address, ADD, selectors];
  };

  const base = [];
  for (const name of ['DiamondCutFacet', 'DiamondLoupeFacet', 'OwnershipFacet']) base.push(await cut(artifacts.diamond(name)));
  const init = await chain.deploy(admin, artifacts.diamond('DiamondInit'));
  const artifact = artifacts.poco(6, 'Diamond');
  const { inputs } = artifact.abi.find(({ type }) => type === 'constructor');
  const diamond = await chain.deploy(admin, artifact, new Interface(artifact.abi).deploy.inputs,
    [base, [admin, init.address, init.interface.encodeFunctionData('init')]]);
  const hub = await chain.copyTo({ ...diamond, abi: artifacts.diamond('DiamondCutFacet').abi }, profile.hub);

  const library = await chain.deploy(admin, artifacts.poco(6, 'libs/IexecLibOrders_v5'));
  for (const name of facets) {
    const change = await cut(artifacts.link(artifacts.poco(6, `facets/${name}`), library));
    if (change[2].length > 0) await hub.send(admin, 'diamondCut', [[change], ZeroAddress, '0x']);
  }
  return hub.address;
}

// The proxy looks receive and fallback up under selectors that no function has.
function selectorsOf(abi) {
  return new Interface(abi).fragments
    .filter(({ type }) => ['function', 'fallback'].includes(type))
    .map((fragment) => {
      if (fragment.type === 'function') return fragment.selector;
      return fragment.format() === 'receive() payable' ? '0x00000000' : '0xffffffff';
    });
}
