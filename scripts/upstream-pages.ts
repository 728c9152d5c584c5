import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { readRunRecord, UPSTREAM_REPORTS, upstreamIndex, upstreamPage } from '@wirewrap/conformance';

// node packages/cli/bin/run.mjs scripts/upstream-pages.ts: brings docs/upstream up to date with fixtures/firmware-runs.
const records = new URL('../fixtures/firmware-runs/', import.meta.url);
const names = (await readdir(records)).filter((name) => name.endsWith('.json')).sort();
const runs = await Promise.all(names.map((name) => readRunRecord(new URL(name, records).pathname)));
const pages = new URL('../docs/upstream/', import.meta.url);
await mkdir(pages, { recursive: true });
await writeFile(new URL('README.md', pages), upstreamIndex(UPSTREAM_REPORTS));
for (const report of UPSTREAM_REPORTS) {
  await writeFile(new URL(`${report.finding}.md`, pages), upstreamPage(report, runs));
}
