import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@wirewrap/repl-driver/basics';
import { captureOf } from '../capture/write-capture.ts';
import { certificateFiles } from './certificate-files.ts';
import { type Failure, type FailureFile, prefix } from './failure.ts';
import { failureStory } from './failure-story.ts';
import { reproduction } from './reproduction.ts';

/**
 * Writes one folder under `parent`, whole: it gets its name when everything is in it; a folder of the same test from an
 * earlier run is replaced. Yields its path.
 *
 * @example
 * const { handshakes } = tls;
 * await writeFailureFolder('failures', { name: 'sni', handshakes, serialLog: '', errors: [], board: null }); // the folder
 */
export async function writeFailureFolder(parent: string, failure: Failure): Promise<string> {
  const folder = join(parent, folderName(failure.name));
  const draft = `${folder}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await makeFolder(draft);
    for (const { path, content, secret } of failureFiles(failure)) {
      await makeFolder(join(draft, path, '..'));
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
