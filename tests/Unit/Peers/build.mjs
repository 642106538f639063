// Has the peers make what the tests hold against the module: CIDs, UnixFS nodes, CARs, integers of IPFS, typed data of Ethereum.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { CarWriter } from '@ipld/car';
import * as dagPb from '@ipld/dag-pb';
import { namehash, TypedDataEncoder } from 'ethers';
import { UnixFS } from 'ipfs-unixfs';
import { importer } from 'ipfs-unixfs-importer';
import { fixedSize } from 'ipfs-unixfs-importer/chunker';
import { balanced } from 'ipfs-unixfs-importer/layout';
import { base16, base16upper } from 'multiformats/bases/base16';
import { base32, base32upper } from 'multiformats/bases/base32';
import { base36 } from 'multiformats/bases/base36';
import { base58btc } from 'multiformats/bases/base58';
import { CID } from 'multiformats/cid';
import * as raw from 'multiformats/codecs/raw';
import * as Digest from 'multiformats/hashes/digest';
import { identity } from 'multiformats/hashes/identity';
import { sha256, sha512 } from 'multiformats/hashes/sha2';
import { varint } from 'multiformats';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const save = (name, vectors) => fs.writeFileSync(new URL(`state/${name}.json`, import.meta.url), JSON.stringify(vectors));

// Bytes and numbers that are the same in every build.
let counter = 0;
const bytes = (length) => {
  const key = crypto.createHash('sha256').update(`${counter++}`).digest();
  return crypto.createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
};
const number = (below) => bytes(6).readUIntBE(0, 6) % below;
const pattern = (length) => Uint8Array.from({ length }, (_, i) => (Math.imul(i, 2654435761) >>> 24) & 0xff); // Results/Pattern.cs

async function cids() {
  const vectors = [];
  for (let i = 0; i < 40; i++) {
    const digest = await sha256.digest(bytes(i));
    const v1 = CID.createV1([raw.code, dagPb.code, 0x71, 0x0129][i % 4], digest);
    const texts = [base16, base16upper, base32, base32upper, base36, base58btc].map((base) => v1.toString(base.encoder));
    vectors.push({ texts, bytes: hex(v1.bytes), canonical: v1.toString() });
    const v0 = CID.createV0(digest);
    vectors.push({ texts: [v0.toString()], bytes: hex(v0.bytes), canonical: v0.toString() });
    const inline = CID.createV1(raw.code, identity.digest(bytes(i * 3)));
    vectors.push({ texts: [base32, base58btc].map((base) => inline.toString(base.encoder)), bytes: hex(inline.bytes), canonical: inline.toString() });
  }
  save('cids', vectors);

  // What peers read and the module does not, since it cannot verify it.
  const other = [CID.createV1(raw.code, await sha512.digest(bytes(9))), CID.createV1(raw.code, Digest.create(0x12, bytes(20))), CID.createV1(raw.code, identity.digest(bytes(200)))];
  save('unverifiable', other.map((cid) => cid.toString()));
}

async function imported(entries, options) {
  const blocks = [];
  const store = { put: async (cid, block) => (blocks.push({ cid, block }), cid) };
  let root;
  for await (const entry of importer(entries, store, options)) root = entry;
  return { root, blocks };
}

const options = ({ version, rawLeaves, chunk, links }) => ({
  cidVersion: version,
  rawLeaves,
  reduceSingleLeafToSelf: true,
  chunker: fixedSize({ chunkSize: chunk }),
  layout: balanced({ maxChildrenPerNode: links }),
});

async function files() {
  const vectors = [];
  const add = async (layout, length) =>
    vectors.push({ ...layout, length, cid: (await imported([{ content: pattern(length) }], options(layout))).root.cid.toString() });
  for (const [version, rawLeaves] of [[0, false], [1, true]]) {
    // Many levels of few and small blocks, then the sizes that are in use.
    for (const length of [0, 1, 63, 64, 65, 128, 191, 192, 193, 575, 576, 577, 1728, 1729, 5184, 5185, 10000]) await add({ version, rawLeaves, chunk: 64, links: 3 }, length);
    for (const length of [0, 1, 262143, 262144, 262145, 524288, 1000000, 3000001]) await add({ version, rawLeaves, chunk: 262144, links: 174 }, length);
  }
  for (const length of [1048575, 1048576, 1048577, 3000001]) await add({ version: 1, rawLeaves: true, chunk: 1048576, links: 1024 }, length);
  save('files', vectors);
}

/** A node as the peer reads it: what the module must see in the same bytes. */
function seen(cid, block) {
  const { Links, Data } = dagPb.decode(block);
  const node = UnixFS.unmarshal(Data);
  const isFile = node.type === 'file' || node.type === 'raw';
  return {
    cid: cid.toString(),
    block: hex(block),
    type: node.type,
    content: isFile ? hex(node.data ?? []) : '',
    size: isFile ? Number(node.fileSize()) : 0,
    childSizes: isFile ? node.blockSizes.map(Number) : [],
    links: Links.map((link) => ({ cid: link.Hash.toString(), name: link.Name ?? '' })),
  };
}

async function nodes() {
  const vectors = [];
  const keep = ({ blocks }) => blocks.filter(({ cid }) => cid.code === dagPb.code).forEach(({ cid, block }) => vectors.push(seen(cid, block)));
  for (const [version, rawLeaves] of [[0, false], [1, true]]) {
    const layout = options({ version, rawLeaves, chunk: 64, links: 3 });
    keep(await imported([{ content: bytes(1500) }], layout));
    keep(await imported(['a/b.txt', 'a/ü/c', 'a/z'].map((path, i) => ({ path, content: bytes(i * 70) })), layout));
    keep(await imported([{ path: 'dated', content: bytes(9), mtime: { secs: 1700000000n, nsecs: 5 }, mode: 0o640 }], layout));
  }
  for (let i = 0; i < 100; i++) {
    const links = [];
    const node = new UnixFS({ type: ['file', 'raw', 'directory', 'symlink'][i % 4], data: i % 4 === 2 ? undefined : bytes(number(50)), mode: i % 3 ? undefined : 0o755 });
    for (let k = number(6); k > 0; k--) {
      const size = 1 + number(2 ** 28); // the peer writes numbers from 2^31 to 2^32 wrongly
      if (i % 4 < 2) node.addBlockSize(BigInt(size));
      links.push(dagPb.createLink(i % 4 === 2 ? `${k}-${hex(bytes(2))}` : '', size, CID.createV1(raw.code, await sha256.digest(bytes(8)))));
    }
    const block = dagPb.encode(dagPb.prepare({ Data: node.marshal(), Links: links }));
    vectors.push(seen(CID.createV1(dagPb.code, await sha256.digest(block)), block));
  }
  save('nodes', vectors);
}

async function cars() {
  const vectors = [];
  for (let count = 0; count < 20; count++) {
    const blocks = [];
    for (let i = 0; i < count; i++) {
      const block = bytes(number(3000));
      blocks.push({ cid: i % 5 ? CID.createV1(raw.code, await sha256.digest(block)) : CID.createV0(await sha256.digest(block)), bytes: block });
    }
    const { writer, out } = CarWriter.create(blocks.slice(0, 2).map(({ cid }) => cid));
    const parts = (async () => { const all = []; for await (const part of out) all.push(part); return Buffer.concat(all); })();
    for (const block of blocks) await writer.put(block);
    await writer.close();
    vectors.push({ car: hex(await parts), blocks: blocks.map((block) => ({ cid: block.cid.toString(), block: hex(block.bytes) })) });
  }
  save('cars', vectors);
}

function varints() {
  const values = [0, 1, 127, 128, 255, 256, 300, 16383, 16384, 2 ** 21 - 1, 2 ** 21, 2 ** 28, 2 ** 31, 2 ** 32, 2 ** 35, 2 ** 42, 2 ** 49, Number.MAX_SAFE_INTEGER];
  for (let i = 0; i < 50; i++) values.push(number(2 ** (1 + (i % 48))));
  save('varints', values.map((value) => ({ value, bytes: hex(varint.encodeTo(value, new Uint8Array(varint.encodingLength(value)))) })));
}

function challenges() {
  const types = { Challenge: [{ name: 'challenge', type: 'string' }] };
  const texts = ['', 'cSTvCMbFdx9zw0SGXRUpvI0t4xTOIvh2Q13lQmXQOWA=', 'é', '漢字 😀', '\u0000', 'a'.repeat(1024)];
  for (let i = 0; i < 60; i++) texts.push(bytes(1 + number(200)).toString('base64'));
  const vectors = [1, 134, 42161, 421614, Number.MAX_SAFE_INTEGER].flatMap((chainId) => texts.map((text) => (
    { chainId, text, digest: TypedDataEncoder.hash({ name: 'iExec Core', version: '1', chainId }, types, { challenge: text }) })));
  save('challenges', vectors);
}

// Names of ENSIP-15 by chance, of scripts that go together and that do not; null is for those that ethers refuses.
function names() {
  const alphabets = ['abcxyz019-_.', 'aBZéàßſ', 'абвро', 'αβγο', '漢字かなカナ', 'अआकख', 'مرحبا', '🚀😀👍🏽️‍1⃣', 'a\u0300\u200d\u3002\u00ad\uff21', "a'’_-$"].map((text) => [...text]);
  const vectors = [];
  for (let i = 0; i < 600; i++) {
    const used = i % 3 === 0 ? [alphabets[number(alphabets.length)], alphabets[number(alphabets.length)]] : [alphabets[i % alphabets.length]];
    const label = Array.from({ length: 1 + number(6) }, () => { const from = used[number(used.length)]; return from[number(from.length)]; }).join('');
    const name = i % 2 ? label : `${label}.eth`;
    let hash = null;
    try { hash = namehash(name); } catch { /* no name */ }
    vectors.push({ name, hash });
  }
  save('names', vectors);
}

await cids();
await files();
await nodes();
await cars();
varints();
challenges();
names();
