import { TlsLabError } from '../tls-lab-error.ts';

/** Stable codes of what can be wrong between board and host. */
export type NetworkErrorCode = 'BAD_SETTING' | 'NOT_CONNECTED' | 'WIFI_REFUSED' | 'HOST_UNREACHABLE' | 'NO_FREE_PORT';

/**
 * One sentence for a person: what was wrong, where, what to do. Never holds the Wi-Fi password.
 *
 * @example if (error instanceof NetworkError && error.code === 'WIFI_REFUSED') console.error(error.message);
 */
export class NetworkError extends TlsLabError {
  constructor(code: NetworkErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
    this.name = 'NetworkError';
  }
}
