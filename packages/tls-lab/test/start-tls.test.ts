import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlaintextStep, type StartTls, storyOf, type Transcript } from '../src/index.ts';
import { type BoardLab, noMicroPython, onVirtualBoard, openLab } from './board-lab.ts';

const text = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString('latin1');
const said = (wire: Transcript | null): string[] =>
  (wire?.plaintext ?? []).map(({ sender, bytes }) => `${sender}: ${text(bytes).trim()}`);

/** PostgreSQL: eight bytes of an SSLRequest, answered by one letter without a line end. */
const request = new Uint8Array([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f]);
const ASKS: readonly PlaintextStep[] = [{ send: request }, { expect: new TextEncoder().encode('S') }];
const ANSWERS: readonly PlaintextStep[] = [{ expect: request }, { send: 'S' }];

describe.skipIf(noMicroPython)(`plaintext before TLS, ${onVirtualBoard}`, () => {
  let bench: BoardLab;
  beforeAll(async () => {
    bench = await openLab();
  });
  afterAll(() => bench?.[Symbol.asyncDispose]());

  test.for<[name: string, client: StartTls, server: StartTls, first: string]>([
    ['smtp', 'smtp', 'smtp', 'server: 220 peer.test ESMTP'],
    ['imap', 'imap', 'imap', 'server: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready'],
    ['own', ASKS, ANSWERS, `client: ${text(request).trim()}`],
  ])('%s in both roles, with both engines', async ([, client, server, first]) => {
    const named = (role: 'client' | 'server') => (line: string | undefined) =>
      line?.replace(/^(board|peer)/, (who) => (who === 'board' ? role : role === 'client' ? 'server' : 'client'));
    for (const engine of ['node', 'openssl'] as const) {
      const connected = await bench.lab.connect({ startTls: server, engine }, { startTls: client });
      expect(connected.board, storyOf(connected)).toMatchObject({ completed: true });
      expect(connected.wire).toMatchObject({ handshakeCompleted: true, received: Buffer.from('ping\n') });
      expect(named('client')(said(connected.wire)[0])).toBe(first);
      expect(connected.wire?.clientHello?.sender).toBe('board');
      expect(connected.wire?.records.filter(({ contentType }) => contentType === null)).toEqual([]);

      const certificate = await bench.pki.certificate('good');
      const run = { certificate, startTls: server, steps: [{ do: 'readline' }, { do: 'close' }] } as const;
      const served = await bench.lab.serve(run, { startTls: client, engine, application: { send: 'ping\n' } });
      expect(served.board, storyOf(served)).toMatchObject({ completed: true });
      expect(named('server')(said(served.wire)[0])).toBe(first);
      expect(served.wire).toMatchObject({ handshakeCompleted: true, clientHello: { sender: 'peer' } });
    }
  });

  test('a fault still finds its place behind the plaintext', async () => {
    const run = { startTls: 'smtp', timeout: 20 } as const;
    const handshake = await bench.lab.connect({ startTls: 'smtp', faults: ['unknown-suite'] }, run);
    expect(handshake.wire).toMatchObject({ faults: ['unknown-suite'], handshakeCompleted: false });
    expect(handshake.board.wrap).toMatchObject({ step: 'wrap', error: { type: 'OSError' } });
    expect(storyOf(handshake)).toContain('in the clear, peer: "220 peer.test ESMTP\\r\\n"');
  });

  test('a board that says something else is told from one that fails at TLS', async () => {
    const handshake = await bench.lab.connect(
      { startTls: 'smtp' },
      { startTls: 'imap', timeout: 20, deadlineMs: 30_000 },
    );
    expect(handshake.board.wrap).toMatchObject({ step: 'plaintext' });
    expect(handshake.board.wrap.error).not.toBeNull();
    expect(handshake.wire).toMatchObject({ clientHello: null, peerError: { code: 'PLAINTEXT' } });
  });
});
