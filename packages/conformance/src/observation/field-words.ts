import { describeError, type ObservedError } from './observed-error.ts';

/** How a field of an observation reads; a text that is empty is left out. */
type Words = (value: unknown) => string;

const either =
  (yes: string, no: string): Words =>
  (value) =>
    value === true ? yes : no;
/** What it names, or that there was none. */
const named =
  (before: string, missing: string): Words =>
  (value) =>
    value === null || (Array.isArray(value) && value.length === 0)
      ? missing
      : `${before} ${value === '' ? "''" : value}`;
/** Nothing where there is nothing to say. */
const ifAny =
  (before: string): Words =>
  (value) =>
    value === null ? '' : `${before} ${value}`;
const listed =
  (before: string): Words =>
  (value) =>
    `${before} ${Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none'}`;

/** What poll said of a listening socket; a count of something else is left as it is. */
const polled =
  (when: string): Words =>
  (value) =>
    !Array.isArray(value) ? `after ${value}` : `poll ${value.length === 0 ? 'tells nothing' : 'tells of it'} ${when}`;

/**
 * What is in observations, in the order in which it is reported. Who sent an alert and how it ended are a handshake's own
 * (`describe-value.ts`).
 */
export const FIELD_WORDS: Readonly<Record<string, Words>> = {
  random: (value) => `random ${value}`,
  sessionId: (value) => `session id ${value}`,
  key: (value) => `key share ${value}`,
  collectedHeap: (value) => `heap of Python ${value ?? 'not readable'}`,
  nativeHeap: (value) => `heap of the TLS library ${value ?? 'not readable'}`,
  sockets: (value) => `sockets ${value ?? 'not readable'}`,
  versions: listed('offers the versions'),
  legacyVersion: (value) => `legacy version 0x${Number(value).toString(16).padStart(4, '0')}`,
  suites: listed('the suites'),
  groups: listed('the groups'),
  signatureAlgorithms: listed('the signature algorithms'),
  extensions: listed('the extensions'),
  version: named('version', 'no version agreed'),
  suite: named('suite', 'no suite agreed'),
  sni: named('server name', 'no server name sent'),
  alpn: named('application protocol', 'no application protocol'),
  certificate: ifAny('certificate of'),
  certificateRequested: either('client certificate asked for', 'no client certificate asked for'),
  certificatesSent: (value) => `${value} ${value === 1 ? 'certificate' : 'certificates'} sent`,
  offered: (value) => `${value} ${value === 1 ? 'suite' : 'suites'} offered`,
  cookie: either('after a HelloVerifyRequest', 'without a HelloVerifyRequest'),
  asked: listed('asked for a cookie:'),
  others: listed('suites without a key of both ends:'),
  waits: either('waits for the client', 'does not wait for the client'),
  before: polled('before the client'),
  after: polled('after it came'),
  peerRefuses: either('the host refuses it', 'the host does not refuse it'),
  helloAfterWrap: either('ClientHello sent by wrap_socket', 'no ClientHello sent by wrap_socket'),
  finished: either('handshake finished in it', 'handshake not finished in it'),
  finishedInWrap: either('handshake finished in wrap_socket', 'handshake not finished in wrap_socket'),
  read: ifAny('read gives'),
  endOfData: ifAny('the last read gives'),
  closeNotify: either('close_notify sent', 'no close_notify sent'),
  closedByBoard: either('closed by the board', 'not closed by the board'),
  rawSocket: (value) => `plain socket ${value}`,
  kind: (value) => `a ${value}`,
  mbedtlsNames: either("names of mbedTLS's own", 'names of IANA'),
  status: String,
  whole: either('the whole page', 'not the whole page'),
  answered: either('the page was served', 'no page was served'),
  answer: ifAny('answer'),
  completed: (value) => `${value} connections complete`,
  bytes: (value) => `${value} bytes`,
  intact: either('intact', 'damaged'),
  written: (value) => `${value} bytes written`,
  received: (value) => `${value} bytes received`,
  largestRecordKiB: (value) => `records of up to ${value} KiB`,
  control: (value) => `${value} without the fault`,
  reaction: (value) => `then ${value}`,
  wrongFinished: either('a wrong Finished was sent', 'no wrong Finished was sent'),
  failures: either('some handshakes failed for want of memory', 'no handshake failed'),
  took: listed('took'),
  wrap: (value) => `wrap raises ${describeError(value as ObservedError)}`,
  firstFailure: ifAny('first failure'),
  afterwards: (value) => `afterwards ${value}`,
  servedBefore: either('served before the siege', 'not served even before the siege'),
  served: either('the next peer is served', 'the next peer is not served'),
  peers: (value) => `${value} peers`,
  failed: (value) => `${value} handshakes failed`,
  closedAtError: (value) => `${value} connections closed at the error`,
  closedByClose: (value) => `${value} after close()`,
  closedByCollect: (value) => `${value} after a collection`,
  junkClosed: (value) => `${value} of the junk peers' connections closed`,
  sessions: (value) => `${value} sessions at a time`,
  allRead: either('everything read', 'not everything read'),
  crashes: either('the board crashed', ''),
  faultHappened: either('', 'the fault never found its place'),
};
