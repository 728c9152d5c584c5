/** Listens to the tests of `@wirewrap/matchers` and tells the reporter where the time of each went. */
import { onEvidence } from '@wirewrap/matchers';
import './case-report.ts';
import { TimesOfTests } from './times-of-tests.ts';

/** On `globalThis`: vitest may evaluate this module again for every file. */
const shared = globalThis as { wirewrapTimes?: TimesOfTests };
shared.wirewrapTimes ??= new TimesOfTests();
const times = shared.wirewrapTimes;

onEvidence(({ task, handshakes, session }) => {
  if (session === null || task.meta.wirewrapTimes !== undefined) return;
  task.meta.wirewrapTimes = times.take(handshakes, session.times);
});
