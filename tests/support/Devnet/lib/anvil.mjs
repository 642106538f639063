// Starts the anvil that the state is built on.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { GENESIS } from './profiles.mjs';
import { MNEMONIC } from './accounts.mjs';

const binary = process.env.IEXEC_DEVNET_ANVIL
  || fileURLToPath(new URL('../node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil', import.meta.url));

/** Resolves to `{ url, stop }` once anvil listens, on a port that the system chose. */
export async function startAnvil(chainId) {
  const anvil = spawn(binary, [
    '--host', '127.0.0.1', '--port', '0', '--chain-id', chainId, '--timestamp', GENESIS,
    '--mnemonic', MNEMONIC, '--accounts', '11', '--balance', '1000000',
    '--gas-limit', '3000000000', '--gas-price', '0', '--block-base-fee-per-gas', '0', '--disable-min-priority-fee',
    '--no-request-size-limit',
  ].map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = new Promise((_, reject) => {
    anvil.on('error', reject);
    anvil.on('exit', (code) => reject(new Error(`anvil ended with exit code ${code}`)));
  });
  exit.catch(() => {}); // looked at only until anvil listens
  const listening = new Promise((resolve) => {
    createInterface(anvil.stdout).on('line', (line) => {
      const address = line.match(/^Listening on (\S+)/)?.[1];
      if (address) resolve(`http://${address}`);
    });
  });
  return { url: await Promise.race([listening, exit]), stop: () => anvil.kill('SIGKILL') };
}
