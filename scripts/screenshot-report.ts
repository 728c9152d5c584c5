/**
 * The picture of the report in the README: `node scripts/screenshot-report.ts [RUN.json …] [--out=FILE] [--case=ID]`, by
 * default of results/latest.json with the case that tells most opened.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadRun, writeHtmlReport } from '../packages/cli/src/report/index.ts';
import { chromiumPath, openPage, startChromium, temporaryFolder } from '../packages/cli/test/report-page.ts';

const { values, positionals } = parseArgs({
  options: { out: { type: 'string' }, case: { type: 'string' } },
  allowPositionals: true,
});
if (chromiumPath === undefined)
  throw new Error('There is no Chromium: apt-get install chromium, or name one in CHROMIUM.');

const out = values.out ?? 'docs/images/report.png';
const records = positionals.length > 0 ? positionals : ['results/latest.json'];
await using folder = await temporaryFolder();
const file = join(folder.path, 'report.html');
await writeHtmlReport({ runs: await Promise.all(records.map(loadRun)), out: file });

await using browser = await startChromium();
const hash = `#case=${encodeURIComponent(values.case ?? 'client/required/expired')}&run=${records.length - 1}`;
const viewport = { width: 1400, height: 1040 };
await using opened = await openPage(browser, file, hash, { viewport });
await opened.page.getByRole('dialog').waitFor();
await mkdir(dirname(out), { recursive: true });
await writeFile(out, await opened.page.screenshot());
console.log(`Wrote ${out}.`);
