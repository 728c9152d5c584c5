import type { Fault, GoneBy, TlsVersion } from '@wirewrap/tls-lab';

/** A version that is asked: those that the firmwares of today speak. */
export type AskedVersion = Extract<TlsVersion, 'TLSv1.2' | 'TLSv1.3'>;

/** How the peer goes: TCP's end, a reset, or nothing more at all, as when Wi-Fi or a cable goes. */
export const WAYS: readonly GoneBy[] = ['fin', 'rst', 'silence'];

const TO_CLIENT = {
  'TLSv1.2': [
    'connect',
    'hello',
    'certificate',
    'key-exchange',
    'certificate-request',
    'hello-done',
    'session-ticket',
    'change-cipher-spec',
    'finished',
  ],
  'TLSv1.3': [
    'connect',
    'hello',
    'encrypted-extensions',
    'certificate-request',
    'certificate',
    'certificate-verify',
    'finished',
    'session-ticket',
  ],
} as const satisfies Record<AskedVersion, readonly Fault['step'][]>;

const TO_SERVER = {
  'TLSv1.2': [
    'connect',
    'hello',
    'certificate',
    'key-exchange',
    'certificate-verify',
    'change-cipher-spec',
    'finished',
  ],
  'TLSv1.3': ['connect', 'hello', 'certificate', 'certificate-verify', 'finished'],
} as const satisfies Record<AskedVersion, readonly Fault['step'][]>;

/** The messages that the host sends to the board in this role, in their order; `connect` is before the first. */
export function placesOf(role: 'client' | 'server', version: AskedVersion): readonly Fault['step'][] {
  return (role === 'client' ? TO_CLIENT : TO_SERVER)[version];
}
