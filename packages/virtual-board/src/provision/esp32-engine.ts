import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { debug } from '../debug.ts';
import { cacheFolder, makeCacheFolder } from './cache-folder.ts';
import { lockCache, sweepPartial } from './cache-lock.ts';
import { buildEsp32Engine, type Esp32Sources, MICROPYTHON_SUITE, RECIPE, VARIANT_FOLDER } from './esp32-recipe.ts';
import type { ProvisionOptions } from './provision-options.ts';

/** A built engine, and what it was built from. */
export interface Esp32Engine {
  readonly executable: string;
  readonly sources: Esp32Sources;
}

/** The engine with an ESP32's options from the cache, built first when there is none, or when the recipe has changed. */
export async function cachedEsp32Engine(options: ProvisionOptions): Promise<Esp32Engine> {
  const cache = cacheFolder('esp32-engine');
  const folder = join(cache, `${options.suite ?? MICROPYTHON_SUITE}-${process.arch}-${await recipeDigest()}`);
  const ready = await readEngine(folder);
  if (ready) return ready;
  await makeCacheFolder(cache);
  await using _lock = await lockCache(cache, 'building MicroPython', options);
  const meanwhile = await readEngine(folder);
  if (meanwhile) return meanwhile;
  await sweepPartial(cache);
  const partial = await mkdtemp(join(cache, `partial-${process.pid}-`));
  try {
    const sources = await buildEsp32Engine(partial, options);
    await writeFile(join(partial, 'sources.json'), JSON.stringify(sources));
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    return { executable: join(folder, 'micropython'), sources };
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** The last file to appear is the folder itself, by a rename: what is there is whole. */
async function readEngine(folder: string): Promise<Esp32Engine | undefined> {
  try {
    const sources = JSON.parse(await readFile(join(folder, 'sources.json'), 'utf8')) as Esp32Sources;
    return { executable: join(folder, 'micropython'), sources };
  } catch (error) {
    debug('no engine in %s: %s', folder, error);
    return undefined;
  }
}

async function recipeDigest(): Promise<string> {
  const hash = createHash('sha256').update(String(RECIPE));
  for (const name of (await readdir(VARIANT_FOLDER)).sort()) {
    hash.update(name).update(await readFile(join(VARIANT_FOLDER, name)));
  }
  return hash.digest('hex').slice(0, 12);
}
