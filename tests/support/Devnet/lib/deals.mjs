// Signs the four orders of a deal (EIP-712) and matches them.
import { TypedDataEncoder, ZeroAddress, ZeroHash, id, solidityPackedKeccak256 } from 'ethers';
import { addresses, wallets } from './accounts.mjs';

const restrictions = (...names) => names.map((name) => ['address', `${name}restrict`]);

const types = Object.fromEntries(Object.entries({
  AppOrder: [['address', 'app'], ['uint256', 'appprice'], ['uint256', 'volume'], ['bytes32', 'tag'],
    ...restrictions('dataset', 'workerpool', 'requester'), ['bytes32', 'salt']],
  DatasetOrder: [['address', 'dataset'], ['uint256', 'datasetprice'], ['uint256', 'volume'], ['bytes32', 'tag'],
    ...restrictions('app', 'workerpool', 'requester'), ['bytes32', 'salt']],
  WorkerpoolOrder: [['address', 'workerpool'], ['uint256', 'workerpoolprice'], ['uint256', 'volume'], ['bytes32', 'tag'],
    ['uint256', 'category'], ['uint256', 'trust'], ...restrictions('app', 'dataset', 'requester'), ['bytes32', 'salt']],
  RequestOrder: [['address', 'app'], ['uint256', 'appmaxprice'], ['address', 'dataset'], ['uint256', 'datasetmaxprice'],
    ['address', 'workerpool'], ['uint256', 'workerpoolmaxprice'], ['address', 'requester'], ['uint256', 'volume'],
    ['bytes32', 'tag'], ['uint256', 'category'], ['uint256', 'trust'], ['address', 'beneficiary'], ['address', 'callback'],
    ['string', 'params'], ['bytes32', 'salt']],
}).map(([name, fields]) => [name, fields.map(([type, field]) => ({ type, name: field }))]));

/** The id of a deal's task: keccak256(deal id, index). */
export const taskId = (dealId, index) => solidityPackedKeccak256(['bytes32', 'uint256'], [dealId, index]);

export class DealMaker {
  #hub;
  #domain;
  #assets;
  #callbackReceiver;

  constructor(hub, chainId, assets, callbackReceiver) {
    this.#hub = hub;
    this.#assets = assets;
    this.#callbackReceiver = callbackReceiver;
    this.#domain = { name: 'iExecODB', version: '5.0.0', chainId, verifyingContract: hub.address };
  }

  /** `{ dealId, transaction }` for one deal of the scenario. The salts come from names, so ids are the same in every build. */
  async make(deal) {
    const { app, dataset } = this.#assets;
    const workerpool = this.#assets.workerpools[deal.workerpool].address;
    const [appprice, datasetprice, workerpoolprice] = deal.prices;
    const { volume, category, trust } = deal;
    const open = { tag: ZeroHash, apprestrict: ZeroAddress, datasetrestrict: ZeroAddress, workerpoolrestrict: ZeroAddress,
      requesterrestrict: ZeroAddress, salt: id(`salt:${deal.name}`) };

    const appOrder = await this.#sign('AppOrder', { ...open, app, appprice, volume }, wallets.appOwner);
    const datasetOrder = deal.dataset
      ? await this.#sign('DatasetOrder', { ...open, dataset, datasetprice, volume }, wallets.datasetOwner)
      : this.#none('DatasetOrder');
    const workerpoolOrder = await this.#sign('WorkerpoolOrder',
      { ...open, workerpool, workerpoolprice, volume, category, trust }, wallets.scheduler);
    const request = {
      app, appmaxprice: appprice, dataset: deal.dataset ? dataset : ZeroAddress, datasetmaxprice: datasetprice,
      workerpool, workerpoolmaxprice: workerpoolprice, requester: addresses[deal.requester],
      volume: deal.request.volume, tag: ZeroHash, category, trust, beneficiary: addresses.beneficiary,
      callback: deal.callback ? this.#callbackReceiver.address : ZeroAddress,
      params: JSON.stringify({ iexec_result_storage_provider: 'ipfs', iexec_args: deal.request.name, ...deal.params }),
      salt: id(`salt:${deal.request.name}`),
    };
    const requestOrder = await this.#sign('RequestOrder', request, wallets[deal.requester]);

    const requestHash = TypedDataEncoder.hash(this.#domain, { RequestOrder: types.RequestOrder }, request);
    return {
      dealId: solidityPackedKeccak256(['bytes32', 'uint256'], [requestHash, deal.botFirst]),
      transaction: this.#hub.transaction(addresses[deal.sponsor ?? deal.requester],
        deal.sponsor ? 'sponsorMatchOrders' : 'matchOrders', [appOrder, datasetOrder, workerpoolOrder, requestOrder]),
    };
  }

  // The tuple that the contract takes: the fields in order, then the signature.
  async #sign(type, order, wallet) {
    const signature = await wallet.signTypedData(this.#domain, { [type]: types[type] }, order);
    return [...types[type].map(({ name }) => order[name]), signature];
  }

  #none(type) {
    const zero = { address: ZeroAddress, uint256: 0, bytes32: ZeroHash };
    return [...types[type].map((field) => zero[field.type]), '0x'];
  }
}
