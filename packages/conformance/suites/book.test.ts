import { conformanceSuite } from '../src/suite/conformance-suite.ts';
import { SUITES } from '../src/cases/index.ts';

conformanceSuite(SUITES.book);
