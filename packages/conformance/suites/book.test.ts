import { SUITES } from '../src/cases/index.ts';
import { conformanceSuite } from '../src/suite/conformance-suite.ts';

conformanceSuite(SUITES.book);
