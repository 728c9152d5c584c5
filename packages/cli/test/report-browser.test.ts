import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeHtmlReport } from 'wirewrap/report';
import { chromiumPath, keepScreenshot, openPage, startChromium, temporaryFolder } from './report-page.ts';
import { HOSTILE, noMicroPython, sampleRun } from './report-sample.ts';

const missing = [
  chromiumPath === undefined ? 'chromium is not installed' : null,
  noMicroPython === null ? null : noMicroPython,
].filter((reason) => reason !== null);

/** Until the page's script has drawn the cases. */
async function ready(page: Page): Promise<void> {
  await page.locator('.is-ready').waitFor();
}

/** What the page's own address holds behind `#`. Playwright's `page.url()` follows it only later, so ask by `expect.poll`. */
function fragment(page: Page): () => Promise<string> {
  return () => page.evaluate('location.hash') as Promise<string>;
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(missing.length > 0)(
  `the report in Chromium ${missing.length > 0 ? `(skipped: ${missing.join('; ')})` : ''}`,
  () => {
    const stack = new AsyncDisposableStack();
    let browser: Browser;
    let report: string;
    let single: string;

    beforeAll(async () => {
      const folder = stack.use(await temporaryFolder());
      const runs = [await sampleRun(), await sampleRun({ ssl: '1.20' })];
      report = join(folder.path, 'report.html');
      single = join(folder.path, 'single.html');
      const history = runs.map(({ record }, index) => ({ name: `night ${index}`, record }));
      await writeHtmlReport({ runs, history, out: report });
      await writeHtmlReport({ runs: runs.slice(0, 1), out: single });
      browser = await startChromium();
      stack.defer(() => browser.close());
    });
    afterAll(() => stack.disposeAsync());

    test('opens from a file, asks for nothing else, and shows findings before claims', async () => {
      await using opened = await openPage(browser, report);
      const { page, trouble } = opened;
      const headings = await page.locator('main h2').allTextContents();
      expect(headings.indexOf('Know this first')).toBeLessThan(
        headings.indexOf('What is documented, and what the board did'),
      );
      await page.locator('#findings').getByText('By default no certificate is validated').waitFor();
      expect(await page.locator('#claim-grid thead th').allTextContents()).toEqual([
        'The source says',
        expect.stringContaining('MicroPython'),
        expect.stringContaining('shape of 1.20'),
      ]);
      await keepScreenshot(page, 'overview-light');
      expect(trouble).toEqual([]);
    });

    test('compared runs open with what differs', async () => {
      await using opened = await openPage(browser, report);
      const { page, trouble } = opened;
      expect(await page.locator('h1').textContent()).toMatch(/^\d+ of \d+ cases differ between 2 runs$/);
      expect(await page.locator('main h2').first().textContent()).toBe('What differs');
      expect(await page.locator('#differences li li').count()).toBeGreaterThan(1);
      expect(trouble).toEqual([]);
    });

    test('says first how dangerous the board is: the hole is red, its refusal green, documented or not', async () => {
      await using opened = await openPage(browser, single, '#case=client%2Fdefault%2Fexpired');
      const { page, trouble } = opened;
      await page.getByRole('dialog').waitFor();
      expect(await page.locator('h1').textContent()).toMatch(/^\d+ security holes?/);
      expect(await page.locator('.sentence').textContent()).toMatch(/^(?:Red|Green): .* seen.*\.$/);
      const dialog = page.getByRole('dialog');
      expect(await dialog.locator('.outcome .badge').textContent()).toBe('✕unsafe');
      await page.goto(`${page.url().split('#')[0]}#case=client%2Frequired%2Fexpired`);
      await expect.poll(() => dialog.locator('.outcome .badge').textContent()).toBe('✓safe');
      const colour = (selector: string) =>
        page.evaluate(`getComputedStyle(document.querySelector('${selector}')).color`);
      expect(await colour('#cases .safety-unsafe')).not.toBe(await colour('#cases .safety-safe'));
      expect(trouble).toEqual([]);
    });

    test('a case says what was posed, what a careful peer does, the Python, and how to run it again', async () => {
      await using opened = await openPage(browser, single, '#case=client%2Frequired%2Fexpired');
      const dialog = opened.page.getByRole('dialog');
      await dialog.waitFor();
      const text = (await dialog.textContent()) ?? '';
      for (const part of [
        'Good in everything but time: it ended at noon yesterday.',
        'Refuses it. Every verifying peer that knows the time',
        'wrapped = ssl.wrap_socket(sock, cert_reqs=ssl.CERT_REQUIRED',
        'npx wirewrap test --case=client/required/expired',
      ]) {
        expect(text).toContain(part);
      }
    });

    test('find and chips leave the rows that match, say how many, and are in the address', async () => {
      await using opened = await openPage(browser, report);
      const { page, trouble } = opened;
      await ready(page);
      const rows = page.locator('#case-grid tr[data-open]:not([hidden])');
      expect(await rows.count()).toBe(14);
      expect(await page.locator('#case-grid tr[data-open]:visible').count()).toBe(0);
      await page.keyboard.press('/');
      await page.keyboard.type('required EXPIRED');
      expect(
        await rows.evaluateAll((list) => list.map((row) => (row as unknown as { dataset: { id: string } }).dataset.id)),
      ).toContain('client/required/expired');
      expect(await page.locator('#found').textContent()).toContain('of 14 cases');
      await expect.poll(fragment(page)).toContain('find=required+EXPIRED');
      await page.keyboard.press('Escape');
      expect(await rows.count()).toBe(14);
      await page.getByRole('button', { name: 'only where runs differ' }).click();
      const differing = await rows.count();
      expect(differing).toBeGreaterThan(0);
      expect(differing).toBeLessThan(14);
      await expect.poll(fragment(page)).toBe('#differs=yes');
      await page.locator('.facets summary').click();
      await page.getByRole('button', { name: /^as documented \d/ }).click();
      const tones = await page
        .locator('#claim-grid tr[data-open]:visible')
        .evaluateAll((list) => list.map((row) => (row as unknown as { dataset: { tone: string } }).dataset.tone));
      expect(tones.every((tone) => tone.split(' ').includes('conforms'))).toBe(true);
      await page.reload();
      await ready(page);
      await expect.poll(() => rows.count()).toBe(0);
      expect(await page.locator('#claim-grid tr[data-open]:visible').count()).toBe(tones.length);
      await page.getByRole('button', { name: 'Clear all' }).click();
      expect(await rows.count()).toBe(14);
      await expect.poll(fragment(page)).toBe('');
      expect(trouble).toEqual([]);
    });

    test.for([
      ['what crossed the wire', 'alert 45 certificate_expired', 'client/required/expired'],
      ['a certificate in words', 'ended at noon yesterday', 'client/default/expired'],
    ] as const)('find looks at %s', async ([, words, id]) => {
      await using opened = await openPage(browser, single, `#find=${encodeURIComponent(words)}`);
      const { page } = opened;
      await ready(page);
      await page.locator(`#case-grid tr[data-id="${id}"]:visible`).waitFor();
      expect(await page.locator('#case-grid tr[data-open]:visible').count()).toBeLessThan(14);
    });

    test('find looks at findings too', async () => {
      await using opened = await openPage(browser, single, '#find=CERT_OPTIONAL+ignored');
      await ready(opened.page);
      expect(await opened.page.locator('#findings .finding:visible .title').allTextContents()).toEqual([
        'CERT_OPTIONAL validates nothing: the result of the verification is ignored',
      ]);
    });

    test('is short before anything is opened; a group opens by its name', async () => {
      await using opened = await openPage(browser, report, '', { viewport: { width: 360, height: 800 } });
      const { page } = opened;
      await ready(page);
      expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(10_000);
      await page.getByRole('button', { name: /^client\/required/ }).click();
      await page.locator('#case-grid tr[data-id="client/required/expired"]:visible').waitFor();
    });

    test('by keyboard alone: a group unfolded, into the matrix, along it, a case opened, its neighbour, closed, focus back', async () => {
      await using opened = await openPage(browser, report);
      const { page, trouble } = opened;
      await ready(page);
      for (const group of [/^client\/default/, /^client\/required/]) {
        await page.locator('#case-grid').getByRole('button', { name: group }).focus();
        await page.keyboard.press('Enter');
      }
      await page.locator('#case-grid td[tabindex="0"]').focus();
      const focused = () =>
        page.evaluate('document.activeElement.closest("tr").dataset.id + " " + document.activeElement.dataset.run');
      const first = await focused();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      const second = await focused();
      expect(second).toMatch(/ 1$/);
      expect(second).not.toBe(first);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const [id] = String(second).split(' ');
      expect(await dialog.getByRole('heading', { level: 2 }).textContent()).toBe(id);
      await expect.poll(fragment(page)).toBe(`#case=${encodeURIComponent(String(id))}&run=1`);
      await page.keyboard.press(']');
      await expect.poll(() => dialog.getByRole('heading', { level: 2 }).textContent()).not.toBe(id);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await expect.poll(focused).toBe(second);
      await expect.poll(fragment(page)).toBe('');
      expect(trouble).toEqual([]);
    });

    test('on a phone the diagram is a list that can be read', async () => {
      await using opened = await openPage(browser, single, '#case=client%2Frequired%2Fexpired', {
        viewport: { width: 360, height: 800 },
      });
      const { page } = opened;
      await page.getByRole('dialog').waitFor();
      expect(await page.locator('svg.sequence').isVisible()).toBe(false);
      const lines = await page.locator('.sequence-list li').allInnerTexts();
      expect(lines.join(' ')).toMatch(/ClientHello.*Certificate.*alert 45 certificate_expired/s);
    });

    test('a case tells both sides: exception, alert, sequence, certificates, serial log, plots', async () => {
      await using opened = await openPage(browser, report, '#case=client%2Frequired%2Fexpired&run=0');
      const { page, trouble } = opened;
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const text = (await dialog.textContent()) ?? '';
      for (const part of [
        'certificate validity has expired',
        '45 certificate_expired',
        'CN=board.test',
        'Serial log',
        'ClientHello of the board',
      ]) {
        expect(text).toContain(part);
      }
      const sequence = await page.locator('svg.sequence').getAttribute('aria-label');
      expect(sequence).toMatch(
        /board: TCP connection; board: ClientHello; host: ServerHello.*host: Certificate.*board: alert 45 certificate_expired/s,
      );
      await keepScreenshot(page, 'case-light');
      await page.getByRole('link', { name: /shape of 1\.20/ }).click();
      await expect.poll(fragment(page)).toContain('run=1');
      await page.goBack();
      await expect.poll(fragment(page)).toContain('run=0');
      expect(trouble).toEqual([]);
    });

    test('a case that completes is drawn against earlier runs', async () => {
      await using opened = await openPage(browser, report, '#case=client%2Fdefault%2Fgood&run=0');
      const label = await opened.page.locator('dialog .plot svg').first().getAttribute('aria-label');
      expect(label).toMatch(
        /^wrap\. earlier run 1, .* ms; earlier run 2, .* ms; MicroPython .* ms; MicroPython .* ms$/,
      );
      expect(opened.trouble).toEqual([]);
    });

    test('what a board or a test wrote stays text', async () => {
      await using opened = await openPage(browser, report, '#case=link%2Flost');
      const { page, trouble } = opened;
      await page.getByRole('dialog').waitFor();
      expect(await page.getByRole('dialog').textContent()).toContain(HOSTILE);
      expect(await page.title()).not.toBe('owned');
      expect(await page.locator('img').count()).toBe(0);
      expect(trouble).toEqual([]);
    });

    const views = ['', '#case=client%2Frequired%2Fexpired', '#case=link%2Flost&run=1'];
    const schemes = ['light', 'dark'] as const;
    test.for(schemes.flatMap((scheme) => views.map((view) => [scheme, view] as const)))(
      'is accessible in %s%s: roles, names, contrast',
      async ([colorScheme, view]) => {
        await using opened = await openPage(browser, report, view, { colorScheme });
        const { page } = opened;
        if (view !== '') await page.getByRole('dialog').waitFor();
        await ready(page);
        await keepScreenshot(page, `${colorScheme}${view.replaceAll(/[^a-z0-9]+/gi, '-')}`);
        // The page's policy forbids scripts of others: axe is put in by the browser, not by the page.
        const results = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] })`);
        const { violations } = results as {
          violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
        };
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([]);
      },
    );

    test('dark and light follow the system; the button overrides and is remembered', async () => {
      await using opened = await openPage(browser, report, '', { colorScheme: 'dark' });
      const { page } = opened;
      const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
      const dark = await paper();
      await page.getByRole('button', { name: 'Theme: system' }).click();
      expect(await paper()).not.toBe(dark);
      await page.reload();
      await page.getByRole('button', { name: 'Theme: light' }).click();
      expect(await paper()).toBe(dark);
    });

    test.for([
      [360, 'phone'],
      [820, 'tablet'],
      [1440, 'desk'],
    ] as const)('at %i pixels nothing is wider than the page', async ([width, name]) => {
      for (const [file, hash] of [
        [report, ''],
        [single, ''],
        [report, '#case=client%2Frequired%2Fexpired'],
      ] as const) {
        await using opened = await openPage(browser, file, hash, { viewport: { width, height: 900 } });
        const { page } = opened;
        await ready(page);
        if (hash !== '') await page.getByRole('dialog').waitFor();
        await keepScreenshot(
          page,
          `${name}-${file === single ? 'single' : 'two'}${hash === '' ? '' : '-case'}`,
          hash === '',
        );
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        expect(
          await page.evaluate('(document.querySelector("dialog[open]") ?? document.body).scrollWidth'),
        ).toBeLessThanOrEqual(width);
      }
    });

    test('prints: the overview without controls, an opened case alone', async () => {
      await using overview = await openPage(browser, report);
      await overview.page.emulateMedia({ media: 'print' });
      expect(await overview.page.locator('.toolbar').isVisible()).toBe(false);
      expect(await overview.page.locator('#claim-grid').isVisible()).toBe(true);
      expect((await overview.page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-');
      await using opened = await openPage(browser, report, '#case=client%2Frequired%2Fexpired');
      await opened.page.getByRole('dialog').waitFor();
      await opened.page.emulateMedia({ media: 'print' });
      expect(await opened.page.locator('#claim-grid').isVisible()).toBe(false);
      expect(await opened.page.locator('svg.sequence').isVisible()).toBe(true);
    });

    test('without scripts the findings and the claims are there', async () => {
      await using opened = await openPage(browser, report, '', { javaScriptEnabled: false });
      expect(await opened.page.locator('#claim-grid tr[data-open]').count()).toBeGreaterThan(0);
      expect(await opened.page.locator('.toolbar').isVisible()).toBe(false);
    });
  },
);
