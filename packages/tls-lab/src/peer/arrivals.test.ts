import { describe, expect, test } from 'vitest';
import type { Transcript } from '../transcript/transcript.ts';
import { type Arrival, Arrivals } from './arrivals.ts';

/** A connection of which only the end and the size matter. */
class Stub implements Arrival {
  readonly #end = Promise.withResolvers<void>();
  readonly closed = this.#end.promise;
  readonly log: { readonly bytes: number };
  readonly id: number;
  disposed = false;

  constructor(id: number, bytes = 10) {
    this.id = id;
    this.log = { bytes };
  }

  close(): this {
    this.#end.resolve();
    return this;
  }

  async transcript(): Promise<Transcript> {
    throw new Error('not asked for here');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disposed = true;
    this.close();
  }
}

const next = (arrivals: Arrivals<Stub>): Promise<Stub> => arrivals.next('a stub', 20);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('connections that nobody asked about', () => {
  test('come in order, and a claim that waits gets the next one', async () => {
    const arrivals = new Arrivals<Stub>();
    const waiting = next(arrivals);
    for (const id of [1, 2, 3]) arrivals.add(new Stub(id));
    expect([(await waiting).id, (await next(arrivals)).id, (await next(arrivals)).id]).toEqual([1, 2, 3]);
    await expect(next(arrivals)).rejects.toThrow('Waited 20 ms for a stub; received instead: nothing.');
  });

  test('the last 100 are kept; what is forgotten is let go of once it has closed', async () => {
    const arrivals = new Arrivals<Stub>();
    const all = Array.from({ length: 103 }, (_, id) => new Stub(id));
    for (const stub of all) arrivals.add(stub);
    expect((await next(arrivals)).id).toBe(3);
    expect(all[0]?.disposed).toBe(false);
    all[0]?.close();
    await turn();
    expect([all[0]?.disposed, all[1]?.disposed]).toEqual([true, false]);
    await arrivals[Symbol.asyncDispose]();
    expect(all.every(({ disposed }) => disposed)).toBe(true);
  });

  test('64 MiB are kept, counted again when a connection has closed; the newest is always there', async () => {
    const arrivals = new Arrivals<Stub>();
    const half = 40 * 1024 * 1024;
    arrivals.add(new Stub(1, half).close());
    arrivals.add(new Stub(2, half).close());
    expect((await next(arrivals)).id).toBe(2);
    arrivals.add(new Stub(3, 4 * half).close());
    expect((await next(arrivals)).id).toBe(3);
  });

  test('only the open ones count as open', async () => {
    const arrivals = new Arrivals<Stub>();
    const [one, two] = [new Stub(1), new Stub(2)];
    for (const stub of [one, two]) arrivals.add(stub);
    one.close();
    await turn();
    expect(arrivals.open).toBe(1);
  });
});
