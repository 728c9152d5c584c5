import { retry } from '@wirewrap/repl-driver/basics';
import { debug } from '../debug.ts';
import { BoardsError } from '../errors.ts';
import { callLabgrid, type LabgridClient } from './labgrid-client.ts';

/** A place by its name or alias, or any place that has these tags. */
export type AskedPlace = { readonly place: string } | { readonly tags: Readonly<Record<string, string>> };

/** How a place is asked for. */
export interface HoldOptions {
  readonly client: LabgridClient;
  /** Waits until a place is free. */
  readonly wait: boolean;
  /** Ends the waiting. A call that was begun is finished, so that what was acquired is known. */
  readonly signal?: AbortSignal;
}

/** A place that is ours. */
export interface HeldPlace {
  readonly place: string;
  /** Gives it back, and its reservation. Fails when the coordinator did not take it. */
  release(): Promise<void>;
}

/** Milliseconds between two tries for a place that somebody has. */
const POLL_MS = 1_000;
/** Deadlines that acquiring may take: a call that is ended half-way may have the place, and nobody would give it back. */
const ACQUIRE_DEADLINES = 6;
/** Milliseconds that a reservation is waited for: a day. */
const RESERVATION_MS = 24 * 3_600_000;

/**
 * Acquires a place; by tags through a reservation, which queues fairly.
 *
 * @example const held = await holdPlace({ tags: { board: 'esp32' } }, { client, wait: true });
 * @throws BoardsError as `callLabgrid`
 */
export function holdPlace(asked: AskedPlace, options: HoldOptions): Promise<HeldPlace> {
  return 'place' in asked ? holdNamed(asked.place, options) : holdTagged(asked.tags, options);
}

async function holdNamed(name: string, { client, wait, signal }: HoldOptions): Promise<HeldPlace> {
  signal?.throwIfAborted();
  const mayPass = (error: unknown): boolean => {
    debug('%s is waited for: %s', name, error);
    return wait && error instanceof BoardsError && error.code === 'PORT_BUSY';
  };
  return held(await retry(() => acquire(name, client), { pauseMs: POLL_MS, signal, mayPass }), client);
}

async function holdTagged(tags: Readonly<Record<string, string>>, options: HoldOptions): Promise<HeldPlace> {
  const { client, wait, signal } = options;
  signal?.throwIfAborted();
  const pairs = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  const said = await callLabgrid(['reserve', '--shell', ...pairs], client);
  const token = /LG_TOKEN=(\w+)/.exec(said)?.[1];
  if (token === undefined) {
    throw new BoardsError(
      'HOST',
      `\`${client.command} reserve\` printed no token of its reservation, but ${JSON.stringify(said)}.`,
    );
  }
  try {
    const free = await isAllocated(token, client);
    if (!free) await refuseUnlessWaiting(pairs, options);
    if (!free && wait) await callLabgrid(['wait', token], { ...client, deadlineMs: RESERVATION_MS }, signal);
    return held(await acquire(`+${token}`, client), client, token);
  } catch (error) {
    // A reservation that nobody asks for expires after a minute by itself.
    await callLabgrid(['cancel-reservation', token], client).catch((swallowed) => debug('%s', swallowed));
    throw error;
  }
}

/** `labgrid-client reservations` prints `Reservation 'TOKEN':` and its fields, indented. */
async function isAllocated(token: string, client: LabgridClient): Promise<boolean> {
  const [, ours = ''] = (await callLabgrid(['reservations'], client)).split(`Reservation '${token}':`);
  return /^\s+state: (\w+)/m.exec(ours)?.[1] === 'allocated';
}

async function refuseUnlessWaiting(pairs: readonly string[], { client, wait }: HoldOptions): Promise<void> {
  const places = (await callLabgrid(['-v', 'places'], client)).split(/^Place '/m).slice(1);
  const having = places.filter((text) => {
    const tags = /^\s+tags: (.*)$/m.exec(text)?.[1]?.split(', ') ?? [];
    // The coordinator's scheduler gives each place the tag `name` of its own.
    return pairs.every((pair) => tags.includes(pair) || pair === `name=${text.split("'")[0]}`);
  });
  const tags = pairs.join(', ');
  if (having.length === 0) {
    throw new BoardsError(
      'NO_SUCH_PORT',
      `No labgrid place has the tags ${tags}; see \`${client.command} -v places\`.`,
    );
  }
  if (wait) return;
  const names = having.map((text) => text.split("'")[0]).join(', ');
  throw new BoardsError(
    'PORT_BUSY',
    `Every labgrid place with the tags ${tags} is in use (${names}); --wait queues for one.`,
  );
}

/** The place's own name: what was asked for may be an alias or a token. */
async function acquire(pattern: string, client: LabgridClient): Promise<string> {
  const patient = { ...client, deadlineMs: ACQUIRE_DEADLINES * client.deadlineMs };
  const said = await callLabgrid(['-p', pattern, 'acquire'], patient);
  return /^acquired place (\S+)/m.exec(said)?.[1] ?? pattern;
}

function held(place: string, client: LabgridClient, token?: string): HeldPlace {
  return {
    place,
    async release() {
      try {
        await callLabgrid(['-p', place, 'release'], client);
      } catch (error) {
        if (!(error instanceof BoardsError && error.code === 'NOT_HELD')) throw error;
        debug('%s was given back by somebody else', place);
      }
      if (token) await callLabgrid(['cancel-reservation', token], client).catch((swallowed) => debug('%s', swallowed));
    },
  };
}
