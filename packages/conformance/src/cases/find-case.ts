import type { ConformanceCase } from './conformance-case.ts';
import { ALL_CASES, SIEGE_CASES } from './index.ts';

const BY_ID = new Map([...ALL_CASES, ...SIEGE_CASES].map((item) => [item.id, item]));

/** The case of this id, of a whole run or of a suite that is asked by its name; undefined without one. */
export function findCase(id: string): ConformanceCase | undefined {
  return BY_ID.get(id);
}
