import type { Safety } from '@wirewrap/conformance';

/** How a claim's result compares with its source: the verdict, and whether a deviation was known. */
export type ClaimTone =
  | 'conforms'
  | 'known'
  | 'unexplained'
  | 'intermittent'
  | 'gone'
  | 'not-applicable'
  | 'not-asked'
  | 'inconclusive';

interface ToneLook {
  /** Told apart without colour too. */
  readonly glyph: string;
  readonly label: string;
  readonly meaning: string;
}

/** Agreement with the documentation: words and signs, no colour. That something is documented does not make it safe. */
export const CLAIM_TONES: Readonly<Record<ClaimTone, ToneLook>> = {
  unexplained: { glyph: '≠', label: 'deviates', meaning: 'differs from the source, and nobody has written down why' },
  intermittent: { glyph: '∿', label: 'intermittent', meaning: 'holds in some runs of a case and not in others' },
  gone: { glyph: '!', label: 'changed', meaning: 'conforms although a deviation is written down: it went away' },
  known: { glyph: '≈', label: 'known deviation', meaning: 'differs from the source; the reason is written down' },
  conforms: { glyph: '=', label: 'as documented', meaning: 'the board does what the source says' },
  inconclusive: { glyph: '?', label: 'inconclusive', meaning: 'a case did not run or was lost' },
  'not-asked': { glyph: '…', label: 'not asked', meaning: 'the run was asked for other cases only' },
  'not-applicable': { glyph: '–', label: 'not applicable', meaning: 'cannot be judged on this board' },
};

/** Whether the board was careful: this has the colours. In the order in which a reader wants them. */
export const SAFETY_LOOKS: Readonly<Record<Safety, ToneLook>> = {
  unsafe: { glyph: '✕', label: 'unsafe', meaning: 'the board went on where a careful peer stops' },
  crash: { glyph: '‼', label: 'crashes', meaning: 'the board died or reset' },
  trap: { glyph: '▲', label: 'trap', meaning: 'the program’s author is misled' },
  unchecked: { glyph: '○', label: 'unchecked', meaning: 'accepted without looking, as anything would have been' },
  strict: {
    glyph: '◧',
    label: 'stricter',
    meaning: 'the board stopped where a careful peer goes on: safe, but it does not work',
  },
  safe: { glyph: '✓', label: 'safe', meaning: 'the board did what a careful peer does' },
  open: {
    glyph: '·',
    label: 'no matter of safety',
    meaning: 'careful peers differ, or nothing here is a matter of safety',
  },
  unknown: {
    glyph: '?',
    label: 'not seen',
    meaning: 'not asked, not run, lost, or not possible on this board',
  },
};
