import { readFile, writeFile } from 'node:fs/promises';
import { claimsPage } from '@wirewrap/conformance';

// node packages/cli/bin/run.mjs scripts/claims-page.ts: brings docs/claims.md up to date with claims, findings and cases.
const path = new URL('../docs/claims.md', import.meta.url);
const page = await readFile(path, 'utf8');
await writeFile(path, claimsPage(page));
