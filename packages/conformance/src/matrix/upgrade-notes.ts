/** What changes for somebody who upgrades an ESP32, in a few sentences. The records of both firmwares show each of them. */
export interface UpgradeNote {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export const UPGRADE_NOTES: readonly UpgradeNote[] = [
  {
    from: 'esp32 1.18.0',
    to: 'esp32 1.20.0',
    text:
      'wrap_socket takes cert_reqs and cadata, and the constants CERT_NONE, CERT_OPTIONAL and CERT_REQUIRED are there: 1.18.0 can ' +
      'validate nothing. A read or write that timed out ends the connection for good, where 1.18.0 read on. setblocking() after ' +
      'close() panics, where it did nothing. A poll says that decrypted bytes wait.',
  },
  {
    from: 'esp32 1.20.0',
    to: 'esp32 1.23.0',
    text:
      'With CERT_REQUIRED the validity dates are checked: set the clock first, since a board that starts in 2000 refuses every ' +
      'certificate. CERT_REQUIRED without server_hostname raises ValueError, where 1.20.0 checked no name. A certificate that is ' +
      'refused raises ValueError instead of OSError -9984, and SSLContext is new. Do not wrap a client context with ' +
      'server_side=True: it connects to any host.',
  },
  {
    from: 'esp32 1.23.0',
    to: 'esp32 1.26.1',
    text:
      'A client context that is wrapped with server_side=True no longer connects to any host: it fails with OSError -23936. Certificates ' +
      'with an IP address as their subject alternative name are accepted, and handshake messages that are spread over records. The ' +
      'wrapped socket has send, sendall, recv and recv_into, and DTLS is new.',
  },
];
