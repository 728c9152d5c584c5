/** How a claim's result is shown: the verdict, and whether a deviation was known. */
export type ClaimTone = 'conforms' | 'known' | 'unexplained' | 'gone' | 'not-applicable' | 'inconclusive';

/** How a case's observation is shown. */
export type CaseTone = 'completes' | 'fails' | 'crashes' | 'value' | 'lost' | 'unavailable';

interface ToneLook {
  /** Told apart without colour too. */
  readonly glyph: string;
  readonly label: string;
  readonly meaning: string;
}

export const CLAIM_TONES: Readonly<Record<ClaimTone, ToneLook>> = {
  unexplained: { glyph: '✕', label: 'deviates', meaning: 'differs from the source, and nobody has written down why' },
  gone: { glyph: '!', label: 'changed', meaning: 'conforms although a deviation is written down: it went away' },
  known: { glyph: '≠', label: 'known deviation', meaning: 'differs from the source; the reason is written down' },
  conforms: { glyph: '✓', label: 'conforms', meaning: 'the board does what the source says' },
  inconclusive: { glyph: '?', label: 'inconclusive', meaning: 'a case is missing or was lost' },
  'not-applicable': { glyph: '–', label: 'not applicable', meaning: 'cannot be judged on this board' },
};

export const CASE_TONES: Readonly<Record<CaseTone, ToneLook>> = {
  completes: { glyph: '✓', label: 'completes', meaning: 'handshake and steps went without an exception' },
  fails: { glyph: '✕', label: 'fails', meaning: 'the board raised an exception' },
  crashes: { glyph: '‼', label: 'crashes', meaning: 'the board died or reset' },
  value: { glyph: '=', label: 'value', meaning: 'a value was read from the board' },
  lost: { glyph: '?', label: 'lost', meaning: 'the board reset or ran out of memory' },
  unavailable: { glyph: '–', label: 'not possible here', meaning: 'the case could not be posed to this board' },
};
