/**
 * What a peer does after the handshake: send back what comes, only take it, take nothing (`deaf`: the board's writes wait once
 * the buffers between are full), send close_notify and close, send these bytes (then wait for the board's close, or close), send
 * `bulk` zero bytes and close, or answer once the text `when` was received and close.
 */
export type PeerApplication =
  | 'echo'
  | 'silent'
  | 'deaf'
  | 'close'
  | { readonly send: Uint8Array | string; readonly afterwards?: 'wait' | 'close' | 'close-after-answer' }
  | { readonly bulk: number }
  | { readonly respond: Uint8Array | string; readonly when: string };
