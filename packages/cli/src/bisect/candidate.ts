import { type FirmwareImage, readFirmwareImage } from '../flash/firmware-image.ts';
import { versionOf } from '../flash/firmware-version.ts';

/** Where a firmware comes from. */
export type FirmwareSource =
  /** An image that is flashed, or put into the board's URL. */
  | { readonly kind: 'image'; readonly image: FirmwareImage }
  /** Any other file, such as a MicroPython of the unix port; put into the board's URL. */
  | { readonly kind: 'file'; readonly path: string }
  /** A board of its own that runs it. */
  | { readonly kind: 'board'; readonly url: string }
  /** A revision of a repository, which is built when its turn comes. */
  | { readonly kind: 'revision'; readonly hash: string };

/** One firmware on the way from the good one to the bad one. */
export interface Candidate {
  /** What it is called in a line of text. */
  readonly name: string;
  readonly source: FirmwareSource;
}

export function imageCandidate(image: FirmwareImage, called?: string): Candidate {
  const version = versionOf(image.build);
  return { name: called ?? (version === '' ? image.path : version), source: { kind: 'image', image } };
}

/** A file: an image of an ESP32 where it is one, which the ending `.bin` promises. */
export async function fileCandidate(path: string): Promise<Candidate> {
  if (!path.endsWith('.bin')) return { name: path, source: { kind: 'file', path } };
  return imageCandidate(await readFirmwareImage(path), path);
}
