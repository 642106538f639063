// Everybody on the devnet. The keys are those of anvil's well-known mnemonic: worthless, and unlocked in every anvil.
import { HDNodeWallet, Mnemonic } from 'ethers';

export const MNEMONIC = 'test test test test test test test test test test test junk';

const roles = [
  'admin', 'requester', 'sponsor', 'beneficiary', 'appOwner', 'datasetOwner',
  'scheduler', 'scheduler2', 'worker1', 'worker2', 'anyone',
];

const root = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(MNEMONIC), "m/44'/60'/0'/0");

/** role → ethers wallet */
export const wallets = Object.fromEntries(roles.map((role, index) => [role, root.deriveChild(index)]));

/** role → address */
export const addresses = Object.fromEntries(roles.map((role) => [role, wallets[role].address]));
