// The two kinds of chain that the module meets, at the addresses they have in production.

export const profiles = {
  /** PoCo 5 behind an ERC-1538 proxy, paid in the chain's own coin; workerpools publish their API in ENS. */
  bellecour: {
    name: 'bellecour',
    chainId: 134,
    poco: 5,
    native: true,
    hub: '0x3eca1B216A7DF1C7689aEb259fFB83ADFB894E7f',
    ensRegistry: '0x5f5B93fca68c9C79318d1F3868A354EE67D8c006',
    ensPublicResolver: '0x1347d8a1840A810B990d0B774A6b7Bb8A1bd62BB',
  },
  /** PoCo 6, a diamond, paid in the RLC token; workerpools publish their API in Compass. */
  arbitrum: {
    name: 'arbitrum',
    chainId: 421614,
    poco: 6,
    native: false,
    hub: '0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E',
  },
};

export const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11';

/** The first category's tasks have all timed out by now, because the chain begins here. */
export const GENESIS = Date.UTC(2024, 5, 1) / 1000;

/** Name and clock (seconds) of each category; a task's final deadline is ten clocks after its deal. */
export const categories = [['XS', 300], ['S', 1200], ['M', 3600], ['L', 10800], ['XL', 36000], ['FOREVER', 315360000]];
export const XS = 0;
export const FOREVER = 5;
