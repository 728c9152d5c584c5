/** What a record holds (IANA "TLS ContentType" registry). */
export const ContentType = {
  change_cipher_spec: 20,
  alert: 21,
  handshake: 22,
  application_data: 23,
  heartbeat: 24,
} as const;

export type ContentType = keyof typeof ContentType;
