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

/**
 * What stands in observations, in the order in which it is told. Who sent an alert and how it ended are a handshake's own
 * (`describe-value.ts`).
 */
export const FIELD_WORDS: Readonly<Record<string, Words>> = {
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
  faultHappened: either('', 'the fault never found its place'),
};
