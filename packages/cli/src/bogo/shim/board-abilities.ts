import type { Pki } from '@wirewrap/certgen';
import type { Board } from '@wirewrap/repl-driver';
import type { BoardNetwork } from '@wirewrap/tls-lab';
import { createTlsLab, TlsLabError } from '@wirewrap/tls-lab';
import type { ShimAbilities } from './shim-flags.ts';

/** Finds out by one handshake whether the board speaks TLS 1.3; cases of BoGo limit the version, and `ssl` cannot. */
export async function boardAbilities(board: Board, network: BoardNetwork, pki: Pki): Promise<ShimAbilities> {
  await using lab = createTlsLab({ board, network, pki });
  const certificate = await pki.certificate('good', { key: 'p-256' });
  const { board: outcome, wire } = await lab.connect(
    { certificate, minVersion: 'TLSv1.3' },
    { args: { server_hostname: certificate.host } },
  );
  if (wire === null) {
    throw new TlsLabError('NO_CONNECTION', 'The board made no connection to this host; `wirewrap doctor` says why.');
  }
  return { tls13: outcome.wrap.error === null };
}
