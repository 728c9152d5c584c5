import { conformanceSuite } from '../src/suite/conformance-suite.ts';

conformanceSuite('fields');
