import { SUITES } from '../src/cases/index.ts';
import { conformanceSuite } from '../src/suite/conformance-suite.ts';

// Last: these cases may kill the interpreter. The name keeps them there (CasesInOrder sorts by path).
conformanceSuite(SUITES.crash);
