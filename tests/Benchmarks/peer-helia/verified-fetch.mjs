// Downloads and verifies one CID from a gateway on this machine with @helia/verified-fetch, several times, to a file.
import { createWriteStream, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withHTTP } from '@helia/http';
import { createVerifiedFetchWithHelia } from '@helia/verified-fetch';
import { multiaddr } from '@multiformats/multiaddr';
import { createHeliaLight } from 'helia';

// The package is written for Node 22; on Node 20 this is all that it misses (and an older undici, see package.json).
Promise.withResolvers ??= () => {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};

const { url, cid, rounds } = JSON.parse(await Readable.from(process.stdin).toArray().then((parts) => parts.join('')));
const file = path.join(os.tmpdir(), `verified-fetch-${process.pid}`);
const seconds = [];
let peak = 0;
let idle = 0;
for (let round = 0; round < rounds; round++) {
  // A new one each time: it keeps blocks, and the second download would come from memory. Of its ways to find blocks only the gateway.
  const helia = await withHTTP(createHeliaLight(), { recursiveGateways: [url], delegatedRouters: [], allowLocal: true, allowInsecure: true }).start();
  const verifiedFetch = await createVerifiedFetchWithHelia(helia);
  idle ||= process.memoryUsage.rss();
  const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()); }, 5);
  const start = performance.now();
  const response = await verifiedFetch(`ipfs://${cid}`, { providers: [multiaddr(`/ip4/127.0.0.1/tcp/${new URL(url).port}/http`)] });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
  seconds.push((performance.now() - start) / 1000);
  clearInterval(watch);
  await verifiedFetch.stop();
}
rmSync(file);
console.log(JSON.stringify({ seconds, idle, peak }));
process.exit(0);
