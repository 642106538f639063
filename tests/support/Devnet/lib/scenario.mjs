// Every deal of the devnet by name, and how far each of its tasks goes. See README.md for how to add one.
import { AbiCoder } from 'ethers';
import { FOREVER, XS } from './profiles.mjs';

/**
 * The states a task can be left in, as the steps that lead there and the status that viewTask must show in the end.
 * XS tasks time out before the tests run, FOREVER tasks never do.
 */
export const states = {
  unset: { steps: [], status: 0 },
  active: { steps: ['initialize'], status: 1 },
  contributed: { steps: ['initialize', 'contribute'], status: 1 }, // needs a trust that one worker cannot reach
  revealing: { steps: ['initialize', 'contribute'], status: 2 },
  revealed: { steps: ['initialize', 'contribute', 'reveal'], status: 2 },
  completed: { steps: ['initialize', 'contribute', 'reveal', 'finalize'], status: 3 },
  failedFromActive: { steps: ['initialize', 'claim'], status: 4 },
  failedFromRevealing: { steps: ['initialize', 'contribute', 'claim'], status: 4 },
};

const defaults = {
  volume: 1, category: FOREVER, trust: 1, prices: [0, 0, 0], dataset: false, workerpool: 'main', requester: 'requester',
  callback: false, botFirst: 0, params: {},
};

/** A deal whose tasks go to different states: `parts` is a list of [state, number of tasks], in the order of their indexes. */
const deal = (name, parts, options = {}) => {
  const volume = parts.reduce((sum, [, count]) => sum + count, 0);
  return { ...defaults, name, parts, volume, request: { name, volume }, ...options };
};
const task = (name, state, options) => deal(name, [[state, 1]], options);
const repeat = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const past = { category: XS };

/** A completed task: `results` is the text that the worker stored on chain, `digest` the one that the workers agreed on. */
const completed = (name, { results = '', digest, callbackData, ...options }) =>
  task(name, 'completed', { category: XS, results, digest, callbackData, ...options });

// The exact spacing of the worker.
const link = (location, storage = 'ipfs') => `{ "storage": "${storage}", "location": "${location}" }`;

/**
 * @param content what content.mjs built: name → { cid, digest }
 * @param callbackReceiver the address of the contract that callback deals call
 */
export const scenario = (content, callbackReceiver) => {
  const stored = (name, of, options) =>
    completed(name, { results: link(`/ipfs/${content[of].cid}`), digest: content[of].digest, ...options });
  const located = (name, location, storage) =>
    completed(name, { results: link(location, storage), digest: content.single.digest });
  const odd = (name, results) => completed(name, { results });
  const callbackData = AbiCoder.defaultAbiCoder().encode(['uint256', 'string', 'uint256'], [1717200000000n, 'BTC-USD', 6812345n]);
  const single = content.single.cid;

  return [
    // Timed out, not claimed
    task('unsetTimeout', 'unset', past),
    task('activeTimeout', 'active', past),
    task('activeContributedTimeout', 'contributed', { ...past, trust: 5 }),
    task('revealingTimeout', 'revealing', past),
    task('revealedTimeout', 'revealed', past),
    ...repeat(10, (i) => task(`claimable${i}`, 'active', past)),
    deal('bagTimeout', [['active', 100]], past),
    deal('claimMixedFirst', [['active', 50], ['unset', 50]],
      { ...past, prices: [100, 0, 1000], request: { name: 'claimMixed', volume: 200 } }),
    deal('claimMixed', [['active', 50], ['unset', 50]],
      { ...past, prices: [100, 0, 1000], request: { name: 'claimMixed', volume: 200 }, botFirst: 100 }),
    deal('claimBig', [['active', 500], ['unset', 500]], { ...past, prices: [0, 0, 10] }),
    deal('sponsored', [['active', 2], ['unset', 2]],
      { ...past, prices: [1000, 2000, 100000], dataset: true, sponsor: 'sponsor' }),

    // Failed: timed out and claimed
    task('failedFromActive', 'failedFromActive', { ...past, prices: [1, 2, 100], dataset: true }),
    task('failedFromRevealing', 'failedFromRevealing', past),

    // Completed, with a result on IPFS whose digest is true
    stored('completedSingle', 'single'),
    stored('completedSingleV1', 'singleV1'),
    stored('completedDirectory', 'directory'),
    stored('completedDirectoryV1', 'directoryV1'),
    stored('completedRoot', 'root'),
    stored('completedEncrypted', 'encrypted', { params: { iexec_result_encryption: true } }),
    stored('completedEncryptedLegacy', 'encryptedLegacy', { params: { iexec_result_encryption: true } }),
    stored('completedError', 'error'),
    stored('completedMedium', 'medium'),
    stored('completedMediumV1', 'mediumV1'),
    stored('completedLarge', 'large'),
    stored('completedLargeV1', 'largeV1'),
    completed('completedDirPath',
      { results: link(`/ipfs/${content.inDirectory.cid}/${content.inDirectory.path}`), digest: content.inDirectory.digest }),
    stored('completedDigestMismatch', 'single', { digest: content.directory.digest }),
    stored('completedNoComputedJson', 'noComputedJson'),
    stored('completedForever', 'single', { category: FOREVER }),
    stored('completedIpfs', 'single', { prices: [1000, 2000, 100000], dataset: true }),

    // Completed, with a result whose location is odd
    located('completedIpfsMissing', `/ipfs/${content.missing.cid}`),
    located('completedIpfsNoSlash', `ipfs/${single}`),
    located('completedIpfsBareCid', single),
    located('completedAbsoluteUrl', `https://gateway.example/ipfs/${single}`),
    located('completedProtocolRelativeUrl', `//gateway.example/ipfs/${single}`),
    located('completedTraversal', '/ipfs/../__secret'),
    located('completedDropbox', '/results/0xabc', 'dropbox'),
    odd('completedNoLocation', '{"storage":"ipfs"}'),
    odd('completedStorageNone', '{"storage":"none"}'),
    odd('completedEmptyResults', ''),
    odd('completedGarbage', 'hello, not json'),
    odd('completedJsonNull', 'null'),
    odd('completedJsonNumber', '42'),
    odd('completedJsonArray', '[1,2]'),
    odd('completedExtraKeys', `{ "storage": "ipfs", "location": "/ipfs/${single}", "extra": {"a":1} }`),

    // Completed, with a result for a contract
    completed('completedCallback', { callback: true, callbackData }),
    completed('completedCallbackEthereum', { callback: true, callbackData, results: link(callbackReceiver, 'ethereum') }),
    completed('completedCallbackIpfs', { callback: true, callbackData, results: link(`/ipfs/${single}`) }),

    // Never time out
    task('unset', 'unset'),
    task('active', 'active'),
    task('activeContributed', 'contributed', { trust: 5 }),
    task('activeDataset', 'active', { dataset: true, prices: [1, 2, 3] }),
    task('revealing', 'revealing'),
    task('revealingRevealed', 'revealed'),
    task('otherRequester', 'active', { requester: 'sponsor' }),
    ...['noName', 'noUrl', 'badUrl', 'deadUrl'].map((workerpool) => task(`wp_${workerpool}`, 'active', { workerpool })),
    ...['apiUnknownTask', 'apiError500', 'apiNotJson', 'apiNoReplicates', 'apiBadChallenge'].map((name) => task(name, 'active')),
    ...repeat(20, (i) => task(`live${i}`, 'active')),
    deal('liveDeal', [['unset', 20]]),
    deal('bag', [['completed', 300], ['revealing', 200], ['active', 300], ['unset', 200]],
      { results: link(`/ipfs/${single}`), digest: content.single.digest }),
  ];
};
