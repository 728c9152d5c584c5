import { didYouMean } from '@wirewrap/certgen/near-words';
import type { Alert, Handshake, Sender, Transcript } from '@wirewrap/tls-lab';
import { CannotJudge } from '../errors.ts';
import { completedOnWire, type Judgement, requireWire } from './judgement.ts';
import { requireKnownName } from './known-names.ts';
import { alertName, fits, isVersionName, show, suiteSpellings, versionName } from './names.ts';
import { type AlertName, type CipherName, CLOSINGS, type Closing, type VersionName } from './tls-words.ts';

type Equals = (a: unknown, b: unknown) => boolean;

/** What both ends agreed on. `cipher` takes the IANA, mbedTLS or OpenSSL name. */
export interface ExpectedNegotiation {
  readonly version?: VersionName | RegExp;
  readonly cipher?: CipherName | RegExp;
  /** The same as `cipher`, by the name that `Transcript` has. */
  readonly cipherSuite?: CipherName | RegExp;
  readonly group?: string | RegExp | null;
  readonly signature?: string | RegExp | null;
  readonly alpn?: string | RegExp | null;
  readonly resumed?: boolean;
}

/** An alert by name or number, or by its fields. */
export interface AlertFields {
  readonly name?: AlertName | RegExp;
  readonly number?: number;
  readonly level?: 'warning' | 'fatal';
  readonly encrypted?: boolean;
}
/** An alert by its name, its number, or both. */
export type ExpectedAlert = AlertName | number | RegExp | AlertFields;

/** How the connection closed: the first of close_notify, FIN and RST, and who sent it. */
export interface ExpectedClose {
  readonly how?: Closing;
  readonly by?: Sender | null;
  readonly closeNotify?: { readonly board?: boolean; readonly peer?: boolean };
}

export function judgeNegotiate(
  handshake: Handshake,
  equals: Equals,
  wanted?: VersionName | CipherName | RegExp | ExpectedNegotiation,
): Judgement {
  const chosen = requireWire(handshake).negotiated;
  const fields: ExpectedNegotiation = negotiation(wanted);
  requireKnownNames(fields);
  requireKnownName('cipher', fields.cipherSuite);
  const suites = chosen ? suiteSpellings(chosen.cipherSuite) : [];
  const suite = (field: string | RegExp | undefined) =>
    field === undefined || suites.some((name) => fits(name, field, equals));
  const same = (actual: unknown, field: unknown) => field === undefined || fits(actual, field, equals);
  const version = typeof fields.version === 'string' ? versionName(fields.version) : fields.version;
  const text = chosen ? `${chosen.version} ${chosen.cipherSuite}${chosen.group ? ` ${chosen.group}` : ''}` : 'nothing';
  const agreed =
    chosen !== null &&
    (wanted instanceof RegExp
      ? fits(chosen.version, wanted, equals) || suite(wanted)
      : same(chosen.version, version) &&
        suite(fields.cipher) &&
        suite(fields.cipherSuite) &&
        same(chosen.group, fields.group) &&
        same(chosen.signature, fields.signature) &&
        same(chosen.alpn, fields.alpn) &&
        same(chosen.resumed, fields.resumed));
  return {
    pass: agreed && completedOnWire(handshake),
    expected: `negotiate ${wanted === undefined ? 'anything' : show(wanted)}`,
    actual: `${text} was negotiated${completedOnWire(handshake) ? '' : ' and the handshake did not complete'}`,
  };
}

function negotiation(wanted: VersionName | CipherName | RegExp | ExpectedNegotiation | undefined): ExpectedNegotiation {
  if (wanted === undefined || wanted instanceof RegExp) return {};
  if (typeof wanted !== 'string') return wanted;
  return isVersionName(wanted) ? { version: wanted } : { cipher: wanted };
}

/** Names of TLS; what an application protocol is called is its own affair. */
function requireKnownNames(fields: ExpectedOffer | ExpectedNegotiation): void {
  for (const kind of ['version', 'cipher', 'group', 'signature'] as const) requireKnownName(kind, fields[kind]);
}

export function judgeAlert(sender: Sender, handshake: Handshake, equals: Equals, wanted?: ExpectedAlert): Judgement {
  requireKnownName('alert', typeof wanted === 'object' && !(wanted instanceof RegExp) ? wanted.name : wanted);
  const alerts = requireWire(handshake).alerts.filter((alert) => alert.sender === sender);
  const seen = alerts.filter((alert) =>
    wanted === undefined ? alert.name !== 'close_notify' : isAlert(alert, wanted, equals),
  );
  const verb = sender === 'board' ? 'send' : 'receive';
  const list = alerts.map(({ level, number, name }) => `${level} ${number} ${name}`).join(', ');
  return {
    pass: seen.length > 0,
    expected: `make the board ${verb} ${wanted === undefined ? 'an alert' : `the alert ${show(wanted)}`}`,
    actual: `the ${sender} sent ${list === '' ? 'no alert' : list}`,
  };
}

function isAlert(alert: Alert, wanted: ExpectedAlert, equals: Equals): boolean {
  if (typeof wanted === 'number') return alert.number === wanted;
  if (typeof wanted === 'string') return alert.name === alertName(wanted);
  if (wanted instanceof RegExp) return fits(alert.name, wanted, equals);
  const name = typeof wanted.name === 'string' ? alertName(wanted.name) : wanted.name;
  return Object.entries({ ...wanted, name }).every(
    ([field, value]) => value === undefined || fits(alert[field as keyof Alert], value, equals),
  );
}

/** Without a name: any. `null`: none. */
export function judgeServerName(handshake: Handshake, equals: Equals, wanted?: string | RegExp | null): Judgement {
  const name = boardHello(requireWire(handshake)).serverName;
  const pass = wanted === undefined ? name !== null : fits(name, wanted, equals);
  const what =
    wanted === undefined ? 'a server name' : wanted === null ? 'no server name' : `the server name ${show(wanted)}`;
  return {
    pass,
    expected: `make the board offer ${what}`,
    actual: `it offered ${name === null ? 'none' : `'${name}'`}`,
  };
}

/** What the board's ClientHello holds; every field that is given has to be among the offered. */
export interface ExpectedOffer {
  readonly version?: VersionName | RegExp;
  readonly cipher?: CipherName | RegExp;
  readonly group?: string | RegExp;
  readonly signature?: string | RegExp;
  readonly alpn?: string | RegExp;
}

export function judgeOffer(
  handshake: Handshake,
  equals: Equals,
  given: VersionName | CipherName | RegExp | ExpectedOffer,
): Judgement {
  const hello = boardHello(requireWire(handshake));
  const wanted: ExpectedOffer =
    typeof given === 'string'
      ? isVersionName(given)
        ? { version: given }
        : { cipher: given }
      : given instanceof RegExp
        ? { cipher: given }
        : given;
  requireKnownNames(wanted);
  const version = typeof wanted.version === 'string' ? versionName(wanted.version) : wanted.version;
  const among = (names: readonly string[], field: string | RegExp | undefined) =>
    field === undefined || names.some((name) => fits(name, field, equals));
  return {
    pass:
      among(hello.versions, version) &&
      among(
        hello.cipherSuites.flatMap(({ name }) => suiteSpellings(name)),
        wanted.cipher,
      ) &&
      among(
        hello.groups.map(({ name }) => name),
        wanted.group,
      ) &&
      among(
        hello.signatureAlgorithms.map(({ name }) => name),
        wanted.signature,
      ) &&
      among(hello.alpn, wanted.alpn),
    expected: `make the board offer ${show(given)}`,
    actual: `it offered ${hello.versions.join(' ')} with ${hello.cipherSuites.length} suites`,
  };
}

export function judgeClose(
  handshake: Handshake,
  wanted: Closing | ExpectedClose,
  by?: Sender | { readonly by?: Sender },
): Judgement {
  const { close } = requireWire(handshake);
  const fields: ExpectedClose = {
    ...(typeof wanted === 'string' ? { how: wanted } : wanted),
    ...(typeof by === 'string' ? { by } : by),
  };
  const how = fields.how?.toLowerCase().replaceAll(/[ -]/g, '_');
  if (how !== undefined && !(CLOSINGS as readonly string[]).includes(how)) {
    const hint = didYouMean(CLOSINGS, how) ?? `use one of ${CLOSINGS.join(', ')}.`;
    throw new CannotJudge(`'${fields.how}' is not a way to close a connection; ${hint}`);
  }
  const notify = fields.closeNotify ?? {};
  const pass =
    (how === undefined || close.how === how) &&
    (fields.by === undefined || close.by === fields.by) &&
    (notify.board === undefined || close.closeNotify.board === notify.board) &&
    (notify.peer === undefined || close.closeNotify.peer === notify.peer);
  const sent = [close.closeNotify.board ? 'the board' : '', close.closeNotify.peer ? 'the peer' : ''].filter(Boolean);
  const first = close.by === null ? 'it was still open at the end' : `the ${close.by} closed first, by ${close.how}`;
  return {
    pass,
    expected: `close with ${show(typeof wanted === 'string' && by === undefined ? wanted : fields)}`,
    actual: `${first}; close_notify was sent by ${sent.length === 0 ? 'nobody' : sent.join(' and ')}`,
  };
}

export function boardHello({ clientHello }: Transcript): NonNullable<Transcript['clientHello']> {
  if (clientHello?.sender === 'board') return clientHello;
  throw new CannotJudge(
    clientHello
      ? 'The ClientHello came from the host, because the board was the TLS server: what the board offers can only be judged when it is the client.'
      : 'The board sent no ClientHello, so that nothing can be said about what it offers.',
  );
}
