/** Who receives the damage: `to-board` changes what the peer sends, `to-peer` what the board sends. */
export type FaultDirection = 'to-board' | 'to-peer';
