import type { ContentType as Registry } from '@wirewrap/tls-lab';

/** tls-lab's `ContentType` without its code, which a browser could not load: a number that differs does not compile. */
export const ContentType: typeof Registry = {
  change_cipher_spec: 20,
  alert: 21,
  handshake: 22,
  application_data: 23,
  heartbeat: 24,
};
