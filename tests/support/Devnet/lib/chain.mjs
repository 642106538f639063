// Transactions, deployments and contracts on one anvil. Every account is unlocked there, so nothing is signed here.
import zlib from 'node:zlib';
import { setTimeout as delay } from 'node:timers/promises';
import { AbiCoder, Interface, getAddress, toBeHex, toQuantity } from 'ethers';
import { Rpc } from './rpc.mjs';

const GAS = 100_000_000n; // far more than any of our transactions needs
const PER_BLOCK = 100;

export class Chain {
  constructor(url) {
    this.rpc = new Rpc(url);
  }

  /** Sends one transaction `{ from, to, data, value }` in a block of its own; resolves to its receipt. */
  async send(transaction) {
    const hash = await this.rpc.call('eth_sendTransaction', request(transaction));
    return (await this.#receipts([hash], [transaction]))[0];
  }

  /** Sends many, a hundred to a block, which is far faster; resolves to their receipts. */
  async sendAll(transactions) {
    const receipts = [];
    await this.rpc.call('evm_setAutomine', false);
    for (let i = 0; i < transactions.length; i += PER_BLOCK) {
      const part = transactions.slice(i, i + PER_BLOCK);
      const hashes = await this.rpc.batch(part.map((transaction) => ['eth_sendTransaction', request(transaction)]));
      await this.rpc.call('evm_mine');
      receipts.push(...await this.#receipts(hashes, part));
    }
    await this.rpc.call('evm_setAutomine', true);
    return receipts;
  }

  /** Deploys a contract from its artifact; resolves to a `Contract`. */
  async deploy(from, artifact, types = [], values = []) {
    const data = artifact.bytecode + AbiCoder.defaultAbiCoder().encode(types, values).slice(2);
    const receipt = await this.send({ from, data });
    return new Contract(this, getAddress(receipt.contractAddress), artifact.abi);
  }

  /** Copies a contract, code and storage, to the address it has in production. */
  async copyTo(contract, address) {
    const { accounts } = await this.dump();
    const [, account] = Object.entries(accounts).find(([key]) => getAddress(key) === contract.address);
    await this.rpc.call('anvil_setCode', address, account.code);
    await this.rpc.batch(Object.entries(account.storage).map(
      ([slot, value]) => ['anvil_setStorageAt', address, toBeHex(slot, 32), toBeHex(value, 32)]));
    return new Contract(this, address, contract.abi);
  }

  /** Moves the chain's clock forward. */
  async advance(seconds) {
    const { timestamp } = await this.rpc.call('eth_getBlockByNumber', 'latest', false);
    await this.rpc.call('evm_setNextBlockTimestamp', Number(timestamp) + seconds);
    await this.rpc.call('evm_mine');
  }

  /** The whole state, as `anvil --load-state` reads it, without the traces, which are half of it and nobody's need. */
  async dump() {
    const state = JSON.parse(zlib.gunzipSync(Buffer.from((await this.rpc.call('anvil_dumpState')).slice(2), 'hex')));
    for (const { info } of state.transactions) info.traces = [];
    return state;
  }

  // A receipt may come a moment after the hash.
  async #receipts(hashes, transactions) {
    const receipts = await this.rpc.batch(hashes.map((hash) => ['eth_getTransactionReceipt', hash]));
    for (let i = 0; i < receipts.length; i++) {
      while (!receipts[i]) {
        await delay(1);
        receipts[i] = await this.rpc.call('eth_getTransactionReceipt', hashes[i]);
      }
      if (receipts[i].status !== '0x1') throw new Error(`Transaction failed: ${await this.#reason(transactions[i])}`);
    }
    return receipts;
  }

  async #reason(transaction) {
    const { label = '', ...call } = transaction;
    try {
      await this.rpc.call('eth_call', request(call), 'latest');
      return `${label} (it would succeed now)`;
    } catch (error) {
      return `${label} ${error.message}`;
    }
  }
}

export class Contract {
  #interface;

  constructor(chain, address, abi) {
    Object.assign(this, { chain, address, abi });
  }

  // Made when needed: some contracts are only deployed, and ethers warns of what it does not know in an ABI.
  get interface() {
    return this.#interface ??= new Interface(this.abi);
  }

  /** The transaction that calls `method`, for `Chain.send` and `Chain.sendAll`. */
  transaction(from, method, args = [], value = 0n) {
    return { from, to: this.address, data: this.interface.encodeFunctionData(method, args), value, label: method };
  }

  send(from, method, args, value) {
    return this.chain.send(this.transaction(from, method, args, value));
  }

  /** Reads `method` once for each argument list, in one request. */
  async readAll(method, argumentLists) {
    const results = await this.chain.rpc.batch(argumentLists.map(
      (args) => ['eth_call', { to: this.address, data: this.interface.encodeFunctionData(method, args) }, 'latest']));
    return results.map((result) => this.interface.decodeFunctionResult(method, result)[0]);
  }

  /** The first event called `name` in a receipt, decoded. */
  event(receipt, name) {
    const { topicHash } = this.interface.getEvent(name);
    const log = receipt.logs.find(({ topics }) => topics[0] === topicHash);
    return this.interface.parseLog(log).args;
  }
}

function request({ from, to, data, value = 0n }) {
  return { from, ...(to && { to }), data, value: toQuantity(value), gas: toQuantity(GAS), gasPrice: '0x0' };
}
