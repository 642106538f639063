// ENS as iExec runs it: anyone may register a name below apps, datasets, pools and users.iexec.eth.
import { ZeroHash, id, namehash } from 'ethers';
import * as artifacts from './artifacts.mjs';
import { addresses } from './accounts.mjs';

const domains = ['apps', 'datasets', 'pools', 'users'];
const API_URL_KEY = 'iexec:workerpool-api:url';

/** Resolves to `{ registry, resolver, registrars: { apps, … } }`. */
export async function deployEns(chain, profile) {
  const { admin } = addresses;
  const registry = await chain.copyTo(await chain.deploy(admin, artifacts.ens('ENSRegistry')), profile.ensRegistry);
  const resolver = await chain.copyTo(
    await chain.deploy(admin, artifacts.ensResolver(), ['address'], [registry.address]), profile.ensPublicResolver);
  const reverse = await chain.deploy(admin, artifacts.ens('ReverseRegistrar'), ['address', 'address'],
    [registry.address, resolver.address]);
  const give = (parent, label, owner) =>
    registry.send(admin, 'setSubnodeOwner', [parent ? namehash(parent) : ZeroHash, id(label), owner]);
  await give('', 'reverse', admin);
  await give('reverse', 'addr', reverse.address);
  await give('', 'eth', admin);
  await give('eth', 'iexec', admin);
  const registrars = {};
  for (const domain of domains) {
    registrars[domain] = await chain.deploy(admin, artifacts.ens('FIFSRegistrar'), ['address', 'bytes32'],
      [registry.address, namehash(`${domain}.iexec.eth`)]);
    await give('iexec.eth', domain, registrars[domain].address);
  }
  return { registry, resolver, registrars };
}

/** Registers `label.domain.iexec.eth` for an app or workerpool, forwards and backwards; resolves to the name. */
export async function register(ens, { label, domain, owner, target, apiUrl }) {
  const name = `${label}.${domain}.iexec.eth`;
  const node = namehash(name);
  await ens.registrars[domain].send(owner, 'register', [id(label), owner]);
  await ens.registry.send(owner, 'setResolver', [node, ens.resolver.address]);
  await ens.resolver.send(owner, 'setAddr(bytes32,address)', [node, target.address]);
  await target.send(owner, 'setName', [ens.registry.address, name]);
  if (apiUrl) await ens.resolver.send(owner, 'setText', [node, API_URL_KEY, apiUrl]);
  return name;
}
