import { type Handshake, noVerdict, type TlsLab, TlsLabError, withoutConnection } from '@wirewrap/tls-lab';

/** A lost packet, a weak supply, or the memory that the connection before has just given back. */
const ATTEMPTS = 3;

/**
 * A lab whose handshakes are about TLS: one that had no TCP connection or no memory is tried again. Without a connection in
 * the end it fails with `NO_CONNECTION`; a board that is out of memory every time cannot do what was asked.
 */
export function steadyLab(lab: TlsLab): TlsLab {
  return {
    server: (options) => lab.server(options),
    connect: (target, run) => steady(() => lab.connect(target, run)),
    serve: (run, client) => steady(() => lab.serve(run, client)),
    get handshakes() {
      return lab.handshakes;
    },
    [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose](),
  };
}

async function steady(run: () => Promise<Handshake>): Promise<Handshake> {
  for (let attempt = 1; ; attempt += 1) {
    const handshake = await run();
    if (noVerdict(handshake) === null) return handshake;
    if (attempt < ATTEMPTS) continue;
    const reason = withoutConnection(handshake);
    if (reason === null) return handshake;
    const remedy = 'look at the network with `wirewrap doctor`';
    throw new TlsLabError('NO_CONNECTION', `As TLS ${handshake.role} ${reason.replace(/\.$/, '')}; ${remedy}.`);
  }
}
