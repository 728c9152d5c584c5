import type { Unavailable } from '../../observation/not-observed.ts';
import type { CaseBench, ConformanceCase } from '../conformance-case.ts';
import { HOST } from '../handshake-case.ts';
import { needsVersion } from '../offered-versions.ts';
import { talkRaw } from '../raw/raw-server.ts';
import type { FlightAnswer, FlightRow } from './flight-row.ts';
import { FLIGHT_ROWS } from './flight-rows.ts';

/** A client that validates nothing gets furthest. */
const RUN = { args: { server_hostname: HOST }, steps: [] } as const;

/** Every flight that a board is answered with, by the id of its case. */
export const FLIGHTS: ReadonlyMap<string, FlightRow> = new Map(
  FLIGHT_ROWS.map((row) => [`fields/client/${row.version === 'TLSv1.3' ? 'tls13/' : ''}${row.name}`, row]),
);

async function ask(bench: CaseBench, row: FlightRow): Promise<FlightAnswer | Unavailable> {
  const bundle = await bench.pki.certificate('good', row.key === undefined ? {} : { key: row.key });
  const answer = async (good: boolean): Promise<string | null> => {
    const { said } = await talkRaw(bench, RUN, async (peer) => {
      const bytes = row.make(peer.hello, bundle, good);
      if (bytes === null) return null;
      peer.send(bytes);
      return await peer.reaction();
    });
    return said;
  };
  const control = await answer(true);
  const reaction = control === null ? null : await answer(false);
  if (control === null || reaction === null) return { unavailable: 'the ClientHello offers nothing of the kind' };
  return { control, reaction };
}

/** The board as client, answered with what no TLS library sends. */
export const FLIGHT_CASES: readonly ConformanceCase[] = [...FLIGHTS].map(([id, row]) => ({
  id,
  async run(bench) {
    return (row.version === 'TLSv1.3' ? await needsVersion('TLSv1.3')(bench) : null) ?? (await ask(bench, row));
  },
}));
