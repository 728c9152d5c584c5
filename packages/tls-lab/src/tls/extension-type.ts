/** The extensions that the transcript reads (IANA "TLS ExtensionType Values" registry). */
export const ExtensionType = {
  server_name: 0,
  max_fragment_length: 1,
  status_request: 5,
  supported_groups: 10,
  ec_point_formats: 11,
  signature_algorithms: 13,
  heartbeat: 15,
  application_layer_protocol_negotiation: 16,
  padding: 21,
  encrypt_then_mac: 22,
  extended_master_secret: 23,
  session_ticket: 35,
  pre_shared_key: 41,
  supported_versions: 43,
  cookie: 44,
  key_share: 51,
  connection_id: 54,
  renegotiation_info: 0xff01,
} as const;

export type ExtensionType = keyof typeof ExtensionType;
