import { SUITES } from '../src/cases/index.ts';
import { conformanceSuite } from '../src/suite/conformance-suite.ts';

// Last (BoardFileOrder in vitest.config.ts): these cases may kill the interpreter.
conformanceSuite(SUITES.crash);
