/** Set-up of the unit tests: one seed for every property, where `pnpm fuzz` gave one. */
import fc from 'fast-check';

const seed = process.env.WIREWRAP_FUZZ_SEED;
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
