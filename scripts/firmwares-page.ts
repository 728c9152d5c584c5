import { readdir, writeFile } from 'node:fs/promises';
import { firmwaresPage, readRunRecord } from '@wirewrap/conformance';

// node packages/cli/bin/run.mjs scripts/firmwares-page.ts: brings docs/firmwares.md up to date with fixtures/firmware-runs.
const folder = new URL('../fixtures/firmware-runs/', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
const records = await Promise.all(names.map((name) => readRunRecord(new URL(name, folder).pathname)));
await writeFile(new URL('../docs/firmwares.md', import.meta.url), firmwaresPage(records));
