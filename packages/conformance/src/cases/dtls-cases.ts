import type { BoardRun, Handshake } from '@wirewrap/tls-lab';
import { observeHandshake } from '../observation/handshake-observation.ts';
import { NO_UDP } from '../observation/host-limit.ts';
import { isUnavailable } from '../observation/not-observed.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { datagramsReachBoard, datagramsReachHost } from './control-connection.ts';
import { needs } from './needs.ts';
import { needsOpenssl } from './needs-openssl.ts';
import { outOfReach, sharesHost } from './reach.ts';

const TRANSPORT = 'dtls';

/** What a socket says that waited in vain; EAGAIN is what recvfrom() of the unix port says. */
const TIMED_OUT: readonly unknown[] = ['ETIMEDOUT', 'EAGAIN'];

/** Networks over which a case waited in vain, for 17 s: there the next one begins with a plain datagram. */
const withoutUdp = new WeakSet<CaseBench['network']>();

/** No datagram came within the time, from either end. */
function nothingCame({ board, wire }: Handshake): boolean {
  const asked = wire?.clientHello != null;
  return TIMED_OUT.includes(board.error?.errnoName) && (!asked || board.wrap.step === 'accept');
}

/** The way is an excuse only where plain datagrams do not come through either; on one machine it never is. */
async function observe(
  bench: CaseBench,
  handshake: Handshake,
  control: (bench: CaseBench) => Promise<boolean>,
): Promise<unknown> {
  if (nothingCame(handshake) && !sharesHost(bench) && !(await control(bench))) return NO_UDP;
  const { board, wire } = handshake;
  const answer = board.steps.find(({ step }) => step === 'readline')?.value;
  const cookie = wire?.messages.some(({ name }) => name === 'hello_verify_request') ?? false;
  return {
    ...observeHandshake(handshake, ['version']),
    cookie,
    ...(answer instanceof Uint8Array ? { answer } : {}),
  };
}

async function client(bench: CaseBench): Promise<unknown> {
  const run: BoardRun = { api: 'ssl.SSLContext', protocol: 'PROTOCOL_DTLS_CLIENT' };
  return observe(bench, await bench.tls.connect({ transport: TRANSPORT }, run), datagramsReachHost);
}

async function server(bench: CaseBench, args: NonNullable<BoardRun['args']>, more: BoardRun = {}): Promise<unknown> {
  const reason = outOfReach(bench);
  if (reason !== null) return reason;
  if (withoutUdp.has(bench.network) && !(await datagramsReachBoard(bench))) return NO_UDP;
  const { tls, pki } = bench;
  const certificate = await pki.certificate('good');
  const run: BoardRun = {
    api: 'tls.SSLContext',
    protocol: 'PROTOCOL_DTLS_SERVER',
    certificate,
    args,
    steps: [{ do: 'readline' }, { do: 'write', bytes: 'pong\n' }, ...(more.steps ?? []), { do: 'close' }],
    ...(more.context === undefined ? {} : { context: more.context, data: more.data }),
  };
  const handshake = await tls.serve(run, { transport: TRANSPORT, application: { send: 'ping\n' } });
  const value = await observe(bench, handshake, datagramsReachBoard);
  if (value === NO_UDP) withoutUdp.add(bench.network);
  const asked = handshake.board.steps.find(({ step }) => step === ASKED)?.value;
  return asked === undefined || isUnavailable(value) ? value : { ...(value as object), asked };
}

/** The step that tells what each context said to the client's first datagrams. */
const ASKED = 'asked';

const CLIENT_ID = Buffer.from('wirewrap');

/** On the board, before the context of the case wraps the socket: whether a context asks this client for its cookie. */
const ASKS = `def asks(c):
    try:
        c.wrap_socket(sock, server_side=True, client_id=client_id)
        asked.append('no')
    except OSError as e:
        asked.append('yes' if e.args[0] == -27264 else repr(e))
asked = []
`;

/** A context that has never seen the client, whatever another one has. */
const OTHER_CONTEXT = 'other = type(ctx)(3)\nother.load_cert_chain(cert, key)\nasks(other)\n';

/** @param before what the client comes to before the context that serves it */
async function cookies(bench: CaseBench, before = ''): Promise<unknown> {
  const { key, leaf } = await bench.pki.certificate('good');
  return server(
    bench,
    { client_id: CLIENT_ID },
    {
      data: { client_id: CLIENT_ID, key: key.der, cert: leaf.der },
      context: [`${ASKS}${before}asks(ctx)`],
      steps: [{ do: 'python', name: ASKED, source: 'result = asked' }],
    },
  );
}

const unavailable: ConformanceCase['unavailable'] = (can) => needs('dtls')(can) ?? needsOpenssl();

/** DTLS 1.2 against `openssl` on the host; firmwares before 1.25 have none. */
export const DTLS_CASES: readonly ConformanceCase[] = [
  { id: 'dtls/client', number: '78', unavailable, run: client },
  { id: 'dtls/server-without-client-id', number: '78', unavailable, run: (bench) => server(bench, {}) },
  {
    id: 'dtls/server-with-client-id',
    number: '78',
    unavailable,
    run: (bench) => server(bench, { client_id: CLIENT_ID }),
  },
  { id: 'dtls/server-cookie', number: '78', unavailable, run: (bench) => cookies(bench) },
  {
    id: 'dtls/server-cookie-of-another-context',
    number: '78',
    unavailable,
    run: (bench) => cookies(bench, OTHER_CONTEXT),
  },
];
