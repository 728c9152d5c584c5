import { FAULTS } from '@wirewrap/tls-lab';
import type { ConformanceCase } from './conformance-case.ts';
import { type ClientRow, clientCase } from './handshake-case.ts';

/** Pauses of seconds say nothing about TLS: one of each kind is enough for every run. */
const LEFT_OUT: readonly string[] = [
  'pause-before-hello',
  'pause-before-certificate',
  'pause-before-finished',
  'pause-before-data',
  'stall-in-certificate',
  'stall-in-finished',
  'slow-drip',
  'ten-megabytes',
];

/** The numbered cases that a fault is. */
const NUMBERS: Readonly<Record<string, string>> = {
  'certificate-over-records': '29',
  'http-answer': '34',
  'fin-before-hello': '32',
  'rst-before-hello': '33',
  'fatal-alert-40-before-hello': '35',
  'no-close-notify': '41',
  'rst-in-data': '42',
  'bit-flip-in-data': '43',
  'hello-request': '49',
};

/** What the peer does wrong, in TLS 1.2 so that all firmwares are asked the same; the board is client. */
function faultRow(name: string, version: 'TLSv1.2' | 'TLSv1.3', id: string): ClientRow {
  // Where the host closes anyhow, or answers what the board says to the fault, only the end of the connection is sure.
  const closes = /close|fin-|rst|truncated|hello-request|alert-100/.test(name);
  const waits = name.startsWith('stall') || name === 'never-answers';
  return {
    id,
    number: NUMBERS[name],
    args: { server_hostname: 'board.test' },
    server: {
      minVersion: version,
      maxVersion: version,
      faults: [name],
      // An alert of the board needs somebody who still reads.
      application: closes ? { respond: 'pong\n', when: 'ping\n' } : 'echo',
    },
    run: {
      // Nothing that a sound peer does takes that long; what waits for ever must end.
      timeout: waits ? 0.5 : 1,
      steps: [
        { do: 'write', bytes: 'ping\n' },
        { do: 'read', size: 5 },
        ...(closes ? [{ do: 'read', size: 1 } as const] : []),
        { do: 'close' },
      ],
    },
    canonical: (value, { board }) => {
      // A warning that comes before the data makes read() give None once, on a blocking socket; after it, it does not.
      if (name === 'warning-alert-100-in-data') return { end: value.end, error: value.error };
      // The host's answer to the refusal comes before or after the board's last read.
      if (name === 'hello-request')
        return { end: value.end === 'crashes' ? 'crashes' : 'survives', hello: value.hello };
      return {
        ...value,
        // A reset shows itself in the write or in the read after it.
        ...(value.at === undefined || value.at === 'wrap' ? {} : { at: 'data' }),
        // No alert follows; whether the rest of the record makes the board's close a reset is a matter of time.
        ...(name.startsWith('oversize') ? { boardAlert: null } : {}),
        read: board.steps[1]?.value ?? null,
        ...(closes ? { endOfData: board.steps[2]?.value ?? null } : {}),
      };
    },
  };
}

const possible = FAULTS.filter(({ name, sentBy, versions }) => {
  const inTls12 = versions === undefined || versions.includes('TLSv1.2');
  return sentBy !== 'client' && inTls12 && !LEFT_OUT.includes(name);
});

/** Every fault of the lab that a server can commit. */
export const FAULT_CASES: readonly ConformanceCase[] = possible.map(({ name }) =>
  clientCase(faultRow(name, 'TLSv1.2', `fault/${name}`)),
);
