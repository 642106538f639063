// ABI and bytecode of every contract, out of the npm packages; our own two are in contracts/.
import fs from 'node:fs';

const read = (path) => JSON.parse(fs.readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
const nameOf = (path) => path.split('/').at(-1);

/** An artifact of PoCo 5 or 6, such as `registries/apps/App`. */
export const poco = (version, path) =>
  read(`node_modules/${version === 5 ? 'poco5' : '@iexec/poco'}/artifacts/contracts/${path}.sol/${nameOf(path)}.json`);

/** A part of the diamond that PoCo 6 takes from another package; its bytecode is among the recorded deployments. */
export const diamond = (name) => read(`node_modules/@iexec/poco/deployments/arbitrum/${name}.json`);

/** The ERC-1538 proxy of PoCo 5. */
export const erc1538 = (name) => read(`node_modules/@iexec/solidity/build/contracts/${name}.json`);

export const rlc = () => read('node_modules/rlc-faucet-contract/build/contracts/RLC.json');
export const ens = (name) => read(`node_modules/@ensdomains/ens/build/contracts/${name}.json`);
export const ensResolver = () => read('node_modules/@ensdomains/resolver/build/contracts/PublicResolver.json');

/** `Multicall3` or `CallbackReceiver`. */
export const own = (name) => read('contracts/compiled.json')[name];

/** The artifact with the address of its one library filled in. */
export function link(artifact, library) {
  const address = library.address.slice(2).toLowerCase();
  let { bytecode } = artifact;
  for (const { start, length } of Object.values(artifact.linkReferences ?? {}).flatMap(Object.values).flat()) {
    const at = 2 + 2 * start;
    bytecode = bytecode.slice(0, at) + address + bytecode.slice(at + 2 * length);
  }
  return { ...artifact, bytecode };
}
