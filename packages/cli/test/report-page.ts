import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CANDIDATES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of the machine; undefined when there is none (Debian: `apt-get install chromium`). */
export const chromiumPath = CANDIDATES.find((path) => path !== undefined && path !== '' && existsSync(path));

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function startChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: chromiumPath, args: FLAGS });
}

/** A page opened from `file://`, and everything that must not happen on it. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Requests beyond the page's own file, console errors, dialogs, exceptions. */
  readonly trouble: readonly string[];
}

export async function openPage(
  browser: Browser,
  file: string,
  hash = '',
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 1000 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const trouble: string[] = [];
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) trouble.push(`request ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') trouble.push(`console ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`exception ${error.message}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url + hash);
  return { page, trouble, [Symbol.asyncDispose]: () => context.close() };
}

/** A folder that is gone after the tests. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'wirewrap-report-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** With WIREWRAP_SCREENSHOTS=FOLDER the tests leave pictures of what they saw, for people to look at. */
export async function keepScreenshot(page: Page, name: string, fullPage = false): Promise<void> {
  const folder = process.env.WIREWRAP_SCREENSHOTS;
  if (!folder) return;
  await writeFile(join(folder, `${name}.png`), await page.screenshot({ fullPage }));
}
