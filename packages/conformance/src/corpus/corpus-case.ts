/** What a corpus expects of a verifier (RFC 5280 and its like), never of a board. */
export type Expected = 'accept' | 'refuse';

/** What a board did with one certificate of a corpus. */
export type CorpusLabel = 'agrees' | 'accepts-invalid' | 'rejects-valid' | 'undeliverable' | 'skipped';

export const CORPUS_LABELS: readonly CorpusLabel[] = [
  'agrees',
  'accepts-invalid',
  'rejects-valid',
  'undeliverable',
  'skipped',
];

/** One case of a corpus, whichever format it came from. All certificates PEM. */
export interface CorpusCase {
  readonly id: string;
  /** Who presents the certificate: the host's server, or the host's client. */
  readonly presents: 'server' | 'client';
  readonly trusted: readonly string[];
  readonly leaf: string;
  readonly intermediates: readonly string[];
  /** PEM; null: the corpus gives none, so that nobody can present the certificate. */
  readonly key: string | null;
  /** The name that the board is told to expect. */
  readonly name: string | null;
  /** The moment at which the case is to be judged; null: any. */
  readonly time: Date | null;
  readonly expected: Expected;
}

export interface Corpus {
  /** `x509-limbo` or `bettertls`, with its version. */
  readonly name: string;
  /** SHA-256 of the file. */
  readonly digest: string;
  readonly cases: readonly CorpusCase[];
}

/** What a board said of one case of a corpus. */
export interface CorpusResult {
  readonly id: string;
  readonly expected: Expected;
  readonly label: CorpusLabel;
  /** What the board did, in a few words; why it could not be asked. */
  readonly observed: string;
}
