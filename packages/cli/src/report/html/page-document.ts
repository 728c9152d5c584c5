import { embedData } from './embed-data.ts';
import { html, Markup } from './markup.ts';
import type { PageData, PageModel } from './model/page-model.ts';
import { pageHead } from './page-head.ts';
import { differences } from './views/differences.ts';
import { findings } from './views/findings.ts';
import { masthead } from './views/masthead.ts';
import { caseSection, claimMatrix } from './views/matrix.ts';
import { measurements, nights } from './views/plots.ts';
import { redList } from './views/red-list.ts';
import { toolbar } from './views/toolbar.ts';

export interface PageParts {
  readonly model: PageModel;
  readonly data: PageData;
  readonly script: string;
  readonly styles: string;
}

/**
 * The whole page. Its policy allows this script and this style sheet by their hashes and nothing else: no request, and
 * nothing that a board sent can run, whatever it wrote.
 */
export function pageDocument({ model, data, script, styles }: PageParts): string {
  const title = `Wirewrap: ${model.runs.map(({ name }) => name).join(', ')}`;
  const page = html`<!doctype html>
<html lang="en">
${pageHead({ title, generator: 'wirewrap report', styles, script })}
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${masthead(model)}
<main>
${differences(model)}
${redList(model)}
${toolbar(model)}
${findings(model)}
${claimMatrix(model)}
${caseSection(model)}
${nights(model)}
${measurements(model.distributions)}
</main>
<footer><p>Keys: <kbd>/</kbd> find, arrows move in a table, <kbd>Enter</kbd> opens, <kbd>[</kbd> <kbd>]</kbd> previous and next, <kbd>Esc</kbd> closes.</p></footer>
<dialog id="sheet" aria-labelledby="sheet-title"><div class="sheet-bar"><button type="button" id="previous">Previous</button><button type="button" id="next">Next</button><button type="button" id="close">Close</button></div><div class="sheet-body" tabindex="-1"></div></dialog>
<script type="application/gzip" id="data">${embedData(data)}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`;
  return page.text;
}
