import { isIPv6 } from 'node:net';

/** IPv6 in hexadecimal groups: the libraries do not read `::ffff:192.0.2.1`. Anything else stays as it is. */
export function canonicalAddress(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
