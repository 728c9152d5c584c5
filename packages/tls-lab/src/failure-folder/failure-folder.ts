import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoardIdentity } from '@wirewrap/repl-driver';
import { captureOf } from '../capture/write-capture.ts';
import type { Handshake } from '../handshake.ts';
import { certificateFiles } from './certificate-files.ts';
import { failureStory } from './failure-story.ts';
import { reproduction } from './reproduction.ts';

/** Everything that a failed test leaves behind. */
export interface Failure {
  /** The test's file and full name; makes the folder's name. */
  readonly name: string;
  readonly handshakes: readonly Handshake[];
  /** What `SerialLog.since` gave; may be empty. */
  readonly serialLog: string;
  /** Messages of the test's errors. */
  readonly errors: readonly string[];
  readonly board: BoardIdentity | null;
}

/** A file of the folder; `secret` ones are readable by their owner alone. */
export interface FailureFile {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly secret?: boolean;
}

/**
 * Writes one folder under `parent`, whole: it gets its name when everything is in it; a folder of the same test from an
 * earlier run is replaced. Yields its path.
 */
export async function writeFailureFolder(parent: string, failure: Failure): Promise<string> {
  const folder = join(parent, folderName(failure.name));
  const draft = `${folder}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await mkdir(draft, { recursive: true });
    for (const { path, content, secret } of failureFiles(failure)) {
      await mkdir(join(draft, path, '..'), { recursive: true });
      await writeFile(join(draft, path), content, { mode: secret ? 0o600 : 0o644 });
    }
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

function failureFiles(failure: Failure): FailureFile[] {
  const files: FailureFile[] = [{ path: 'story.md', content: failureStory(failure) }];
  if (failure.serialLog !== '') files.push({ path: 'serial.log', content: failure.serialLog });
  for (const [index, handshake] of failure.handshakes.entries()) {
    const at = prefix(failure, index);
    const { files: program } = reproduction(handshake);
    if (handshake.wire) files.push({ path: `${at}capture.pcapng`, content: captureOf([handshake.wire]), secret: true });
    if (handshake.wire?.keyLog) files.push({ path: `${at}keys.log`, content: handshake.wire.keyLog, secret: true });
    const own = [...program, ...certificateFiles(handshake)];
    files.push(...own.map((file) => ({ ...file, path: `${at}${file.path}` })));
  }
  return files;
}

/** One handshake lies in the folder itself, several lie in numbered folders. */
export function prefix({ handshakes }: Pick<Failure, 'handshakes'>, index: number): string {
  return handshakes.length === 1 ? '' : `handshake-${index + 1}/`;
}

function folderName(name: string): string {
  const words = name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
  return words.length <= 120 ? words || 'test' : `${words.slice(0, 111)}-${checksum(name)}`;
}

/** Keeps long names apart. */
function checksum(text: string): string {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
