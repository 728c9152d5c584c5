import { readFileSync } from 'node:fs';
import type { ConformanceCase } from '../conformance-case.ts';
import { type ServerRow, serverCase } from '../handshake-case.ts';
import { needs } from '../needs.ts';

const SIGNER = readFileSync(new URL('./p256_sign.py', import.meta.url), 'utf8');

/** What the callback answers; `_p256` signs as a secure element would. */
const ANSWERS = {
  signs: '_p256(key, digest)',
  declines: 'None',
  raises: '1 // 0',
  junk: "b'junk'",
  'nothing-at-all': "b''",
  'too-long': 'bytes(2000)',
  'a-number': '7',
} as const;

/** Everything in one line of the context, since each line is run apart; the calls are counted. */
const callback = (answer: string): string =>
  [SIGNER, '_calls = []', 'def _answer(key, digest):', '    _calls.append(len(digest))', `    return ${answer}`].join(
    '\n',
  );

const CALLS = { do: 'python', name: 'calls', source: 'len(_calls)' } as const;
const STEPS = [{ do: 'readline' }, { do: 'write', bytes: 'pong\n' }, CALLS, { do: 'close' }] as const;

const COMMON = {
  unavailable: needs('signCallback'),
  client: {
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    application: { send: 'ping\n', afterwards: 'close-after-answer' },
  },
  fields: ['steps'],
} as const satisfies Partial<ServerRow>;

const ANSWER_ROWS: readonly ServerRow[] = Object.entries(ANSWERS).map(([name, answer]) => ({
  ...COMMON,
  id: `newest/server/sign-callback/${name}`,
  api: 'tls.SSLContext',
  // Python signs in some 10 s on a chip.
  run: { deadlineMs: 40_000, context: [callback(answer), 'ctx.ecdsa_sign_callback = _answer'], steps: STEPS },
  // How many bytes the library takes of a broken signature, its version decides; that it ended is what counts.
  canonical: ({ end, at, error, peerAlert, steps }) =>
    end === 'completes' ? { end, steps } : { end, at, error, peerAlert },
}));

const TRAP_ROW: ServerRow = {
  ...COMMON,
  id: 'newest/server/sign-callback/on-ssl-context',
  api: 'ssl.SSLContext',
  unavailable: (can) => needs('context', 'signCallback')(can),
  run: { context: [callback('None'), 'ctx.ecdsa_sign_callback = _answer'], steps: STEPS },
};

/** The key in a secure element: `ecdsa_sign_callback` of `tls.SSLContext`. Role server. */
export const SIGN_CALLBACK_CASES: readonly ConformanceCase[] = [...ANSWER_ROWS, TRAP_ROW]
  .map(serverCase)
  .map((item) => ({ ...item, budgetMs: 120_000 }));
