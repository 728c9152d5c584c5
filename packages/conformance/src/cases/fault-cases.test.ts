import { readFileSync } from 'node:fs';
import { FAULTS, type Handshake } from '@wirewrap/tls-lab';
import { describe, expect, test } from 'vitest';
import type { HandshakeObservation } from '../observation/handshake-observation.ts';
import type { RunRecord } from '../run-record.ts';
import type { CaseBench } from './conformance-case.ts';
import { FAULT_CASES, SERVER_FAULT_CASES } from './fault-cases.ts';
import { clientFaultRow, faultsOf, precedesVersion, serverFaultRow } from './fault-row.ts';

const namesIn = (folder: string): string[] =>
  FAULT_CASES.flatMap(({ id }) => new RegExp(`^${folder}/([^/]+)$`).exec(id)?.[1] ?? []);

/** Left to tls-lab's own tests: they take seconds and say nothing new. */
const LONG = [
  'pause-before-certificate',
  'pause-before-data',
  'pause-before-finished',
  'pause-before-hello',
  'slow-drip',
  'stall-in-certificate',
  'stall-in-finished',
  'ten-megabytes',
];

const missing = (have: readonly string[], sender: 'server' | 'client', version: 'TLSv1.2' | 'TLSv1.3'): string[] =>
  FAULTS.filter(({ sentBy = sender, versions = [version] }) => sentBy === sender && versions.includes(version))
    .map(({ name }) => name)
    .filter((name) => !have.includes(name))
    .sort();

test('the board is client: every fault of a server but the long ones', () => {
  expect(missing(namesIn('fault'), 'server', 'TLSv1.2')).toEqual(LONG.toSorted());
});

test('the board is server: every fault of a client but the long ones', () => {
  const certificates = LONG.filter((name) => !name.includes('certificate'));
  expect(missing(namesIn('fault/server'), 'client', 'TLSv1.2')).toEqual(certificates.toSorted());
});

test('the board is server in TLS 1.3: the same, but what ends the connection before a version is agreed', () => {
  const early = faultsOf('client', 'TLSv1.3').filter(precedesVersion);
  const left = [...LONG.filter((name) => !name.includes('certificate')), ...early.map(({ name }) => name)].toSorted();
  const have = SERVER_FAULT_CASES.map(({ id }) => id.replace('fault/server/tls13/', ''));
  expect(missing(have, 'client', 'TLSv1.3')).toEqual(left);
});

test('TLS 1.3: also not what ends the connection before a version is agreed', () => {
  const early = faultsOf('server', 'TLSv1.3').filter(precedesVersion);
  expect(early.map(({ name }) => name).sort()).toEqual([
    'fin-at-connect',
    'fin-before-hello',
    'fin-in-hello',
    'http-answer',
    'never-answers',
    'oversize-record-18433',
    'oversize-record-65535',
    'random-bytes',
    'random-bytes-at-connect',
    'rst-at-connect',
    'rst-before-hello',
    'rst-in-hello',
    'stall-in-hello',
  ]);
  const left = [...LONG, ...early.map(({ name }) => name)].toSorted();
  expect(missing(namesIn('fault/tls13'), 'server', 'TLSv1.3')).toEqual(left);
});

/** What the host's own end says when a fault changed the handshake under its MAC or signature. */
const OURS: readonly unknown[] = ['20 bad_record_mac', '51 decrypt_error'];

test.for(['debian-1.25.0', 'debian-1.26.1', 'esp32-like-1.26.1', 'esp32-1.23.0', 'esp32-1.26.1'])(
  '%s holds no failure of our own Finished as what the board did',
  (name) => {
    const file = new URL(`../../../../fixtures/baselines/${name}.json`, import.meta.url);
    const { observations }: RunRecord = JSON.parse(readFileSync(file, 'utf8'));
    const faults = observations.filter((item) => /^fault\//.test(item.case));
    expect(faults.length).toBeGreaterThan(100);
    // Where the fault is this alert, it is what the board was told.
    const told = faults.filter(({ value }) => OURS.includes((value as { peerAlert?: string }).peerAlert));
    expect(told.map((item) => item.case).filter((id) => !/fatal-alert-(?:20|51)-/.test(id))).toEqual([]);
    // Where the board gave up first, what the host says then is no answer to it.
    const answered = faults.filter(({ value }) => {
      const { boardAlert, peerAlert } = value as { boardAlert?: unknown; peerAlert?: unknown };
      return typeof boardAlert === 'string' && typeof peerAlert === 'string';
    });
    expect(answered).toEqual([]);
  },
);

describe.for(['debian-1.25.0', 'debian-1.26.1'])('%s', (name) => {
  const file = new URL(`../../../../fixtures/baselines/${name}.json`, import.meta.url);
  const record: RunRecord = JSON.parse(readFileSync(file, 'utf8'));
  const values = new Map(record.observations.map((item) => [item.case, item.value]));

  test('every fault found its place, in both roles and both versions', () => {
    const ids = FAULT_CASES.map(({ id }) => id);
    expect(ids.filter((id) => !values.has(id))).toEqual([]);
    const idle = ids.filter((id) => (values.get(id) as { faultHappened?: boolean }).faultHappened === false);
    expect(idle).toEqual([]);
  });

  test('no fault brings the interpreter down', () => {
    const crashed = FAULT_CASES.filter(({ id }) => (values.get(id) as { end?: string }).end === 'crashes');
    expect(crashed.map(({ id }) => id)).toEqual([]);
  });
});

describe('a reset of the host through a network that passes it on, or an end in its place', () => {
  const rst = FAULTS.filter(({ act }) => act.act === 'rst');
  const values: Record<string, object> = {
    'a reset': { end: 'fails', at: 'read', error: { type: 'OSError', code: -104, name: 'ECONNRESET' } },
    'an end': { end: 'completes' },
    'an end within the handshake': { end: 'fails', at: 'wrap', error: { type: 'OSError', code: -29_312 } },
    'something else': { end: 'fails', at: 'wrap', error: { type: 'ValueError' } },
  };
  const seen = (value: object, carriesResets: boolean, read: string) => {
    const step = (text: string) => ({ value: Buffer.from(text), error: null });
    const handshake = { board: { steps: [step(read), step(read), step('')] }, wire: null } as unknown as Handshake;
    const bench = { network: { carriesResets } } as unknown as CaseBench;
    const all = { boardAlert: null, peerAlert: null, hello: true, ...value } as HandshakeObservation;
    return rst.flatMap((fault) =>
      [clientFaultRow(fault, 'TLSv1.2', 'x'), serverFaultRow(fault, 'TLSv1.2', 'x')].map((row) =>
        row.canonical?.(all, handshake, bench),
      ),
    );
  };

  test.for(['a reset', 'an end', 'an end within the handshake'])('%s is told as the one thing', (name) => {
    for (const value of seen(values[name] as object, false, '')) {
      expect(value).toMatchObject({ end: 'ended by the host', read: null });
    }
    for (const value of seen(values[name] as object, false, 'pong')) {
      expect(value).toMatchObject({ end: 'ended by the host', read: "b'pong'" });
    }
    for (const value of seen(values[name] as object, true, ''))
      expect(value).toMatchObject({ end: expect.stringMatching(/^(fails|completes)$/) });
  });

  test('any other outcome stays', () => {
    for (const value of seen(values['something else'] as object, false, '')) {
      expect(value).toMatchObject({ end: 'fails', error: { type: 'ValueError' } });
    }
  });
});

describe('a board that waited in vain for a peer', () => {
  const timedOut = { type: 'OSError', args: [116], errno: 116, errnoName: 'ETIMEDOUT', message: '' };
  const handshakes = (errors: readonly (object | null)[]) => {
    const left = [...errors];
    return async () =>
      ({
        role: 'client',
        board: { error: left.shift() ?? null, crash: null, wrap: { step: 'wrap', error: null }, steps: [], wrapMs: 1 },
        wire: null,
      }) as unknown as Handshake;
  };
  const observe = async (id: string, errors: readonly (object | null)[]) => {
    let connections = 0;
    const next = handshakes(errors);
    const connect = () => {
      connections += 1;
      return next();
    };
    const bench = {
      can: { hardware: true },
      measure: () => {},
      network: { carriesResets: true },
      pki: { certificate: async () => ({ leaf: {}, key: {} }) },
      tls: { server: async () => ({ [Symbol.asyncDispose]: async () => {} }), connect },
    } as unknown as CaseBench;
    const value = await FAULT_CASES.find((item) => item.id === id)?.run(bench);
    return { value, connections };
  };

  test('is asked again: a packet may have been lost', async () => {
    expect(await observe('fault/fragments-of-1-byte', [timedOut, null])).toMatchObject({
      value: { end: 'completes' },
      connections: 2,
    });
  });

  test('does so each time when the firmware waits', async () => {
    expect(await observe('fault/fragments-of-1-byte', [timedOut, timedOut, timedOut])).toMatchObject({
      value: { end: 'fails', error: { name: 'ETIMEDOUT' } },
      connections: 3,
    });
  });

  test('is not asked again where the peer falls silent', async () => {
    expect(await observe('fault/never-answers', [timedOut, null])).toMatchObject({ connections: 1 });
  });
});
