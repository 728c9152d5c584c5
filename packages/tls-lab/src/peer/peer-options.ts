import type { PeerApplication } from '../application/peer-application.ts';
import type { PeerBehaviour, TlsClientOptions, TlsServerOptions } from '../behaviour/tls-peer.ts';
import type { Fault } from '../faults/fault.ts';
import { findFault } from '../faults/fault-table.ts';
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
  oneOf,
  text,
} from '../options/option-check.ts';
import { requireFit } from '../options/require-fit.ts';
import { startTls } from '../options/start-tls-check.ts';

const version = oneOf(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
const psk = fieldsOf({ identity: text, key: bytes });

/** A row of the table, or one of the caller's own, which is as whole as those. */
function isRow(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, step, act, correct } = value as Partial<Fault>;
  return typeof name === 'string' && typeof step === 'string' && typeof act?.act === 'string' && correct !== undefined;
}

/** An unknown name is told by the table itself, which knows those that come near. */
const fault: OptionCheck = (value, path) => {
  if (isRow(value)) return null;
  const problem = text(value, path);
  if (problem === null) findFault(value as string);
  return problem;
};

const APPLICATIONS: Readonly<Record<string, OptionCheck>> = {
  send: fieldsOf({ send: bytesOrText, afterwards: oneOf(['wait', 'close', 'close-after-answer']) }),
  bulk: fieldsOf({ bulk: count }),
  respond: fieldsOf({ respond: bytesOrText, when: text }),
};

const application: OptionCheck = (value, path) => {
  const words: readonly Extract<PeerApplication, string>[] = ['echo', 'silent', 'deaf', 'close'];
  if (typeof value === 'string') return oneOf(words)(value, path);
  const kind = Object.keys(APPLICATIONS).find((name) => typeof value === 'object' && value !== null && name in value);
  const check = kind === undefined ? undefined : APPLICATIONS[kind];
  return check?.(value, path) ?? (check ? null : `${path} must be ${words.join(', ')}, or have send, bulk or respond`);
};

const BEHAVIOUR: FieldChecks<PeerBehaviour> = {
  transport: oneOf(['tls', 'dtls']),
  minVersion: version,
  maxVersion: version,
  ciphers: text,
  groups: text,
  alpn: listOf(text),
  ca: text,
  faults: listOf(fault),
  engine: oneOf(['node', 'openssl']),
  psk,
  maxFragment: count,
  renegotiate: flag,
  startTls,
  application,
};

const SERVER: FieldChecks<TlsServerOptions> = {
  ...BEHAVIOUR,
  certificate,
  certificatesByName: mapOf(certificate),
  presentAnyway: flag,
  clientCertificate: oneOf(['none', 'request', 'require']),
  tickets: flag,
  address: text,
};

const CLIENT: FieldChecks<TlsClientOptions> = { ...BEHAVIOUR, certificate, serverName: text, verify: flag };

/** What is said in the wrong place: the board's side of the connection is the other argument. */
const OF_THE_BOARD: Readonly<Record<string, string>> = {
  args: 'what the board passes to wrap_socket belongs into the run',
  steps: 'what the board does belongs into the run',
  timeout: 'the timeout of the board belongs into the run',
  api: 'the way in which the board wraps its socket belongs into the run',
  context: 'what the board does with its context belongs into the run',
};

/** Throws `BAD_OPTION`, or `UNKNOWN_FAULT`, for what the host's server does not know. */
export function requireServerOptions(options: unknown): void {
  requireFit(
    options,
    fieldsOf(SERVER, (name) => OF_THE_BOARD[name] ?? null),
    "the host's server",
  );
}

/** Throws `BAD_OPTION`, or `UNKNOWN_FAULT`, for what the host's client does not know. */
export function requireClientOptions(options: unknown): void {
  requireFit(
    options,
    fieldsOf(CLIENT, (name) => OF_THE_BOARD[name] ?? null),
    "the host's client",
  );
}
