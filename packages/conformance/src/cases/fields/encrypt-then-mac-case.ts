import { ExtensionType, type Handshake, readServerHello } from '@wirewrap/tls-lab';
import type { ConformanceCase } from '../conformance-case.ts';
import { clientCase } from '../handshake-case.ts';

/** The headers of the first record and of the message in it. */
const HEADERS = 5 + 4;

/** Whether the host's server chose encrypt-then-MAC, which it does where the board offers it. */
function chosen({ wire }: Handshake): boolean | null {
  const sent = (wire?.wire.chunks ?? []).filter(({ sender }) => sender === 'peer').map(({ bytes }) => bytes);
  const hello = readServerHello(Buffer.concat(sent).subarray(HEADERS));
  return hello === null ? null : hello.extensions.includes(ExtensionType.encrypt_then_mac);
}

/** A whole connection with encrypt-then-MAC (RFC 7366), where the board offers it. */
export const ENCRYPT_THEN_MAC_CASE: ConformanceCase = clientCase({
  id: 'fields/client/encrypt-then-mac',
  args: { server_hostname: 'board.test' },
  server: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA' },
  fields: ['suite'],
  canonical: (value, handshake) => ({ ...value, encryptThenMac: chosen(handshake) }),
});
