// The result archives, cut into IPFS blocks as kubo does it, one file per block. The digests are those of protocol: what
// the archive's deterministic output hashes to.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { importer } from 'ipfs-unixfs-importer';
import { fixedSize } from 'ipfs-unixfs-importer/chunker';
import { balanced } from 'ipfs-unixfs-importer/layout';
import { zip } from './zip.mjs';

const KIB = 1024;
const committed = new URL('../content/', import.meta.url);

const layout = balanced({ maxChildrenPerNode: 174 });
const v0 = { cidVersion: 0, rawLeaves: false, layout, chunker: fixedSize({ chunkSize: 256 * KIB }) };
const v1 = { ...v0, cidVersion: 1, rawLeaves: true };
const v1LargeChunks = { ...v1, chunker: fixedSize({ chunkSize: KIB * KIB }) };

// Of the committed archives; encrypted ones hold result-single.zip. README.md says where they come from.
const digests = {
  single: '0xb94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
  directory: '0x832136909595c6b65b1d82665a681dde5f1030a580e8a9a0858ffb2c69be4fbf',
  root: '0xec729f037c83a6eadb8bf1cb8fb2fffa48a0cdf56f284267e7ececa2d3b0a95d',
};

/** Writes `blocks/<cid>` and `files/<name>.zip`; resolves to the index: name → { cid, size, file, digest, path? }. */
export async function buildContent(state) {
  const blocks = new BlockFolder(path.join(state, 'content'));
  const files = path.join(state, 'files');
  fs.mkdirSync(files, { recursive: true });
  const index = {};

  const add = async (name, archive, digest, options = v0) => {
    const file = path.join('files', `${name}.zip`);
    fs.writeFileSync(path.join(state, file), archive);
    index[name] = { cid: await blocks.add([{ content: archive }], options), size: archive.length, file, digest };
  };
  const existing = (name) => fs.readFileSync(new URL(`${name}.zip`, committed));

  await add('single', existing('result-single'), digests.single);
  await add('singleV1', existing('result-single'), digests.single, v1);
  await add('directory', existing('result-directory'), digests.directory);
  await add('directoryV1', existing('result-directory'), digests.directory, v1);
  await add('root', existing('result-root'), digests.root);
  await add('encrypted', existing('encrypted-modern-cbc256'), digests.single);
  await add('encryptedLegacy', existing('encrypted-legacy-ecb128'), digests.single);

  const error = '[IEXEC] Errors occurred while computing the task\nDATASET_FILE_DOWNLOAD_FAILED\n';
  await add('error', zip({
    'error.txt': error,
    'computed.json': JSON.stringify({ 'deterministic-output-path': '/iexec_out/error.txt', 'callback-data': null,
      'task-id': null, 'result-digest': null, 'enclave-signature': null, 'error-message': null }),
  }), sha256(error));
  await add('noComputedJson', zip({ 'result.txt': 'no computed.json here\n' }), sha256('no computed.json here\n'));

  const medium = noise('medium', 3_000_000);
  await add('medium', withOutput(medium), sha256(medium));
  await add('mediumV1', withOutput(medium), sha256(medium), v1);
  const large = noise('large', 20_000_000);
  await add('large', withOutput(large), sha256(large));
  await add('largeV1', withOutput(large), sha256(large), v1LargeChunks);

  index.inDirectory = {
    ...index.single,
    cid: await blocks.add([
      { path: 'out/result.zip', content: existing('result-single') },
      { path: 'out/notes.txt', content: Buffer.from('beside the archive\n') },
    ], v0),
    path: 'result.zip',
  };
  index.missing = { cid: 'QmXoypizjW3WknFiJnKLwHCnL72vedxjQkDDP1mXWo6uco', digest: digests.single }; // no such block is stored
  return index;
}

/** What the importer writes to: a folder with one file per block, named by its CID. */
class BlockFolder {
  #folder;

  constructor(folder) {
    fs.mkdirSync(folder, { recursive: true });
    this.#folder = folder;
  }

  async add(entries, options) {
    let last;
    for await (const entry of importer(entries, this, options)) last = entry;
    return last.cid.toString();
  }

  async put(cid, bytes) {
    fs.writeFileSync(path.join(this.#folder, cid.toString()), bytes);
    return cid;
  }
}

const withOutput = (data) =>
  zip({ 'result.bin': data, 'computed.json': JSON.stringify({ 'deterministic-output-path': '/iexec_out/result.bin' }) });

const sha256 = (data) => '0x' + crypto.createHash('sha256').update(data).digest('hex');

// Bytes that do not compress and are the same in every build.
function noise(seed, size) {
  const key = crypto.createHash('sha256').update(seed).digest();
  return crypto.createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size));
}
