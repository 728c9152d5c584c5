import type { CertificateBundle, CertificateProfile, CertificateRequest, ProfileName } from '@wirewrap/certgen';
import {
  type BoardRun,
  exhaustionOf,
  type Handshake,
  supplyFailed,
  type TlsClientOptions,
  type TlsServerOptions,
  type WrapArguments,
} from '@wirewrap/tls-lab';
import { ConformanceError } from '../errors.ts';
import { LOST_ALERT } from '../observation/equal-behaviour.ts';
import {
  alertLostToReset,
  type HandshakeObservation,
  type ObservedField,
  observeHandshake,
} from '../observation/handshake-observation.ts';
import type { Lost, Unavailable } from '../observation/not-observed.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { hostWasUnreached, noteReached, noteUnreached, outOfReach, sharesHost, wasUnreached } from './reach.ts';

/** The name that certificates are made for and that the board is told to expect. */
export const HOST = 'board.test';

/** What arguments are made of. */
export interface Parties {
  /** The certificate of the end that must have one: the host's server, or the board in the server role. */
  readonly bundle: CertificateBundle;
  readonly bench: CaseBench;
  certificate(profile: ProfileName | CertificateProfile, request?: CertificateRequest): Promise<CertificateBundle>;
}

type MaybePromise<T> = T | Promise<T>;

interface HandshakeRow {
  readonly id: string;
  readonly number?: string;
  readonly unavailable?: ConformanceCase['unavailable'];
  /** What only a connection with the board tells: why the case cannot be posed to it, or null. */
  readonly impossible?: (bench: CaseBench) => Promise<Unavailable | Lost | null>;
  /** Default `good`. */
  readonly profile?: ProfileName | CertificateProfile;
  readonly certificate?: CertificateRequest;
  /** Default `wrap_socket`. */
  readonly api?: BoardRun['api'];
  readonly args?: WrapArguments | ((parties: Parties) => MaybePromise<WrapArguments>);
  /** Everything else of the board's run. */
  readonly run?: Omit<BoardRun, 'api' | 'args'> | ((parties: Parties) => MaybePromise<Omit<BoardRun, 'api' | 'args'>>);
  readonly fields?: readonly ObservedField[];
  /** Undoes what the arguments put on the board. */
  readonly afterwards?: (bench: CaseBench) => Promise<void>;
  /** Whether what was seen may be the network's doing, so that the case is observed again, three times in all at most. */
  readonly again?: (handshake: Handshake) => boolean;
  /** Last step to the canonical value. */
  readonly canonical?: (value: HandshakeObservation, handshake: Handshake, bench: CaseBench) => unknown;
}

export interface ClientRow extends HandshakeRow {
  /** What the host presents in place of the bundle, from which the arguments are still made. */
  readonly presents?: (bundle: CertificateBundle) => CertificateBundle;
  readonly server?:
    | Omit<TlsServerOptions, 'certificate'>
    | ((parties: Parties) => MaybePromise<Omit<TlsServerOptions, 'certificate'>>);
}

export interface ServerRow extends HandshakeRow {
  readonly client?: TlsClientOptions | ((parties: Parties) => MaybePromise<TlsClientOptions>);
  /** Default: key and certificate of the bundle as DER. False leaves them out. */
  readonly identity?: boolean;
}

const ATTEMPTS = 3;

async function resolve<T>(
  value: T | ((parties: Parties) => MaybePromise<T>) | undefined,
  parties: Parties,
): Promise<T | undefined> {
  return typeof value === 'function' ? (value as (parties: Parties) => MaybePromise<T>)(parties) : value;
}

async function partiesOf(row: HandshakeRow, bench: CaseBench): Promise<Parties> {
  const certificate: Parties['certificate'] = (profile, request) => bench.pki.certificate(profile, request);
  return { bench, certificate, bundle: await certificate(row.profile ?? 'good', row.certificate) };
}

/** A handshake that is deferred may never happen: the board does nothing that needs it. */
function observesHello({ args, run }: HandshakeRow): boolean {
  return args === undefined && run === undefined;
}

function isCrash(value: unknown): boolean {
  return (value as { end?: unknown } | null)?.end === 'crashes';
}

function record(row: HandshakeRow, bench: CaseBench, handshake: Handshake): unknown {
  const { board } = handshake;
  if (supplyFailed(board)) return { lost: 'the supply of the board broke down' } satisfies Lost;
  const exhausted = exhaustionOf(board);
  if (exhausted !== null) return { lost: 'out of memory', detail: exhausted } satisfies Lost;
  if (board.completed && handshake.wire?.clientHello == null && observesHello(row)) {
    throw new ConformanceError(
      'ONE_END_ONLY',
      `${row.id}: the board says that it completed, but the host saw no ClientHello: both ends must be observed.`,
    );
  }
  if (board.completed) {
    bench.measure('wrap', 'ms', board.wrapMs);
    if (board.heapBefore !== null && board.heapAfter !== null) {
      bench.measure('heap kept', 'bytes', board.heapBefore - board.heapAfter);
    }
  }
  const observed = observeHandshake(handshake, row.fields);
  const value = alertLostToReset(handshake) ? { ...observed, boardAlert: LOST_ALERT } : observed;
  const shown = row.canonical === undefined ? value : row.canonical(value as HandshakeObservation, handshake, bench);
  // A canonical form looks at what it knows: it must not lose that the board died.
  return board.crash === null || isCrash(shown) ? shown : { end: 'crashes' };
}

/** Runs until alert and packets were not lost and memory sufficed, at most three times; a board out of reach is tried twice. */
async function observed(row: HandshakeRow, bench: CaseBench, connect: () => Promise<Handshake>): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const handshake = await connect();
    if (wasUnreached(handshake)) {
      if (attempt > 1) return await noteUnreached(bench);
      continue;
    }
    if (hostWasUnreached(handshake) && !sharesHost(bench)) {
      return { lost: 'the board did not reach the host' } satisfies Lost;
    }
    if (handshake.role === 'server' && handshake.wire !== null) noteReached(bench);
    const again =
      exhaustionOf(handshake.board) !== null || alertLostToReset(handshake) || row.again?.(handshake) === true;
    if (!again || attempt === ATTEMPTS) return record(row, bench, handshake);
  }
}

async function boardRun(row: HandshakeRow, parties: Parties, identity: WrapArguments): Promise<BoardRun> {
  const args = { ...identity, ...(await resolve(row.args, parties)) };
  return { ...(await resolve(row.run, parties)), ...(row.api === undefined ? {} : { api: row.api }), args };
}

/** The board is TLS client of a server on the host. */
export function clientCase(row: ClientRow): ConformanceCase {
  return {
    id: row.id,
    number: row.number,
    unavailable: row.unavailable,
    async run(bench) {
      const reason = (await row.impossible?.(bench)) ?? null;
      if (reason !== null) return reason;
      const parties = await partiesOf(row, bench);
      const options = await resolve(row.server, parties);
      const run = await boardRun(row, parties, {});
      const certificate = row.presents?.(parties.bundle) ?? parties.bundle;
      await using server = await bench.tls.server({ ...options, certificate });
      try {
        return await observed(row, bench, () => bench.tls.connect(server, run));
      } finally {
        await row.afterwards?.(bench);
      }
    },
  };
}

/** The board is TLS server and the host connects to it. */
export function serverCase(row: ServerRow): ConformanceCase {
  return {
    id: row.id,
    number: row.number,
    unavailable: row.unavailable,
    async run(bench) {
      const reason = outOfReach(bench) ?? (await row.impossible?.(bench)) ?? null;
      if (reason !== null) return reason;
      const parties = await partiesOf(row, bench);
      const identity: WrapArguments =
        row.identity === false ? {} : { key: parties.bundle.key.der, cert: parties.bundle.leaf.der };
      const run = await boardRun(row, parties, { server_side: true, ...identity });
      const client = await resolve(row.client, parties);
      try {
        return await observed(row, bench, () => bench.tls.serve(run, client));
      } finally {
        await row.afterwards?.(bench);
      }
    },
  };
}
