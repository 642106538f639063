// node guard.mjs <anvil> <arguments…>: runs anvil for as long as standard input stays open. The other end of that pipe is held
// by the test process, and the system closes it however that process ends, so that anvil never outlives it.
import { spawn } from 'node:child_process';

const [, , command, ...args] = process.argv;
const anvil = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
anvil.on('spawn', () => console.log(`Process ${anvil.pid}`));
anvil.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
anvil.on('exit', (code) => process.exit(code ?? 1));
process.stdin.on('close', () => anvil.kill('SIGKILL')).resume();
