import { readFileSync } from 'node:fs';
import type { KnownCase } from '../../foreign/known-case.ts';

/** A script of tlsfuzzer that is run. */
export interface KnownScript {
  /** Without `test-` and `.py`, such as `encrypt-then-mac`. */
  readonly script: string;
  /** As tlsfuzzer's own lists have them; `KEY` and `CERT` stand for files with the client's. */
  readonly args?: readonly string[];
  /** It takes no sample of its conversations. */
  readonly whole?: boolean;
  /** The board asks for a client's certificate. */
  readonly asksForCertificate?: boolean;
}

/** A script that is not run, and why. */
export interface LeftOutScript {
  readonly scripts: readonly string[];
  readonly reason: string;
}

/** A failure that is known: always with what of ours says the same. */
export interface KnownDifference extends KnownCase {
  /** Id of a case that shows just that, or `bogo/` with the name of BoGo's case. */
  readonly confirms: string;
}

/** What is known of tlsfuzzer's scripts on MicroPython: data, in tlsfuzzer.json. */
export interface KnownScripts {
  readonly run: readonly KnownScript[];
  readonly leftOut: readonly LeftOutScript[];
  /** A conforming server passes every conversation: these are the differences. */
  readonly expected: readonly KnownDifference[];
}

export const knownScripts: KnownScripts = JSON.parse(
  readFileSync(new URL('./tlsfuzzer.json', import.meta.url), 'utf8'),
);
