import { certificate } from '../options/certificate-check.ts';
import {
  bytes,
  bytesOrText,
  count,
  type FieldChecks,
  fieldsOf,
  flag,
  listOf,
  mapOf,
  type OptionCheck,
  object,
  oneOf,
  text,
} from '../options/option-check.ts';
import { requireFit } from '../options/require-fit.ts';
import { startTls } from '../options/start-tls-check.ts';
import type { BoardRun, BoardStep } from './board-endpoint.ts';

type StepFields = { readonly [Do in BoardStep['do']]: Readonly<Record<string, OptionCheck>> };

const verb: OptionCheck = () => null;
const STEPS: StepFields = {
  write: { do: verb, bytes: bytesOrText, retryMs: count },
  read: { do: verb, size: count, retryMs: count },
  readline: { do: verb, retryMs: count },
  readinto: { do: verb, size: count, retryMs: count },
  getpeercert: { do: verb, binary: flag },
  cipher: { do: verb },
  setblocking: { do: verb, blocking: flag },
  poll: { do: verb, events: oneOf(['in', 'out', 'in+out']), timeoutMs: count },
  close: { do: verb },
  python: { do: verb, name: text, source: text },
};

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  write: ['bytes'],
  readinto: ['size'],
  getpeercert: ['binary'],
  setblocking: ['blocking'],
  poll: ['events', 'timeoutMs'],
  python: ['name', 'source'],
};

const step: OptionCheck = (value, path) => {
  const problem = object(value, path) ?? oneOf(Object.keys(STEPS))((value as BoardStep).do, `${path}.do`);
  if (problem !== null) return problem;
  const given = value as BoardStep;
  const missing = NEEDED[given.do]?.find((name) => (given as unknown as Record<string, unknown>)[name] === undefined);
  if (missing !== undefined) return `${path} ('${given.do}') needs \`${missing}\``;
  return fieldsOf(STEPS[given.do])(value, path);
};

const run: FieldChecks<BoardRun> = {
  api: oneOf(['wrap_socket', 'ssl.SSLContext', 'tls.SSLContext']),
  args: object,
  certificate,
  steps: listOf(step),
  timeout: (value, path) =>
    typeof value === 'number' || value === 'non-blocking' ? null : `${path} must be seconds or 'non-blocking'`,
  startTls,
  context: listOf(text),
  protocol: text,
  data: mapOf(bytes),
  stopOnError: flag,
  captureBytes: count,
  deadlineMs: count,
};

const WRAP_ARGUMENTS: ReadonlySet<string> = new Set([
  ...['key', 'cert', 'keyfile', 'certfile', 'server_side', 'server_hostname', 'cert_reqs', 'cadata', 'ca_certs'],
  ...['do_handshake', 'do_handshake_on_connect'],
]);

const OF_THE_PEER: ReadonlySet<string> = new Set([
  ...['faults', 'application', 'minVersion', 'maxVersion', 'ciphers', 'groups', 'alpn', 'engine', 'transport', 'psk'],
  ...['serverName', 'verify', 'clientCertificate', 'ca'],
]);

function hint(name: string): string | null {
  if (WRAP_ARGUMENTS.has(name)) return `an argument of wrap_socket belongs into \`args\`: { args: { ${name}: … } }`;
  return OF_THE_PEER.has(name) ? 'it belongs to the options of the host' : null;
}

/** Throws `BAD_OPTION` for what a board's run does not know. */
export function requireRun(value: unknown): void {
  requireFit(value, fieldsOf(run, hint), "the board's run");
}
