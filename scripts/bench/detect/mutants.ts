import { LIBRARY_MUTANTS } from './library-mutants.ts';
import type { Mutant } from './mutant.ts';
import { PYTHON_MUTANTS } from './python-mutants.ts';
import { TRAFFIC_MUTANTS } from './traffic-mutants.ts';

/** All of them. Every name is there once. */
export const MUTANTS: readonly Mutant[] = [...PYTHON_MUTANTS, ...LIBRARY_MUTANTS, ...TRAFFIC_MUTANTS];

/** One of nearly every kind, quick to see: for the tests. */
export const SHORT_FORM: readonly string[] = [
  'default-required',
  'key-and-cert-swapped',
  'context-works-once',
  'hostname-dropped',
  'peer-signature-unchecked',
  'read-flip-70000',
  'crash-on-bad-certificate',
  'leak-120-bytes',
];
