/** A fault of ours that breaks our own Finished, and the case of BoGo that asks the same and goes on to the end. */
export interface SecondOracle {
  /** Case of ours. */
  readonly fault: string;
  /** Case of BoGo. */
  readonly bogo: string;
  /** What BoGo saw where ours ends, on a firmware with the TLS options of an ESP32. */
  readonly sees: string;
}

const COMPLETES = 'the connection completes, against RFC 5246, 7.4.1.4';

/**
 * BoGo's runner makes its wrong message before it hashes the handshake, so that its Finished fits; ours changes the bytes on
 * the wire. A client that passes over such a fault is shown by BoGo only.
 */
export const SECOND_ORACLE: readonly SecondOracle[] = [
  { fault: 'fault/unrequested-extension', bogo: 'UnofferedExtension-Client', sees: COMPLETES },
  { fault: 'fault/unknown-extension', bogo: 'UnknownExtension-Client', sees: COMPLETES },
  { fault: 'fault/duplicate-extension', bogo: 'DuplicateExtensionClient-TLS-TLS12', sees: COMPLETES },
  {
    fault: 'fault/downgrade-sentinel',
    bogo: 'Downgrade-TLS12-Client',
    sees: 'the connection completes, as it may in a client without TLS 1.3 (RFC 8446, 4.1.3)',
  },
];
