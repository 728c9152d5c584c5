/**
 * The pictures of the report in README and docs: `node scripts/screenshot-report.ts [RUN.json …] [--out=FOLDER]`, by default of
 * results/latest.json into docs/images: page.png is the overview, report.png the case that tells most, opened.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadRun, writeHtmlReport } from '../packages/cli/src/report/index.ts';
import { chromiumPath, openPage, startChromium, temporaryFolder } from '../packages/cli/test/report-page.ts';

const { values, positionals } = parseArgs({
  options: { out: { type: 'string', default: 'docs/images' } },
  allowPositionals: true,
});
if (chromiumPath === undefined)
  throw new Error('There is no Chromium: apt-get install chromium, or name one in CHROMIUM.');

const records = positionals.length > 0 ? positionals : ['results/latest.json'];
await using folder = await temporaryFolder();
const file = join(folder.path, 'report.html');
await writeHtmlReport({ runs: await Promise.all(records.map(loadRun)), out: file });

const PICTURES = [
  { name: 'page.png', hash: '', height: 1000 },
  { name: 'report.png', hash: `#case=client%2Frequired%2Fexpired&run=${records.length - 1}`, height: 1040 },
];
await using browser = await startChromium();
await mkdir(values.out, { recursive: true });
for (const { name, hash, height } of PICTURES) {
  await using opened = await openPage(browser, file, hash, { viewport: { width: 1400, height } });
  await opened.page.locator('.is-ready').waitFor();
  if (hash !== '') await opened.page.getByRole('dialog').waitFor();
  await writeFile(join(values.out, name), await opened.page.screenshot());
  console.log(`Wrote ${join(values.out, name)}.`);
}
