import { html, Markup } from './markup.ts';
import { sourceHash } from './page-policy.ts';

/** What a page of ours is, before its body. */
export interface PageHead {
  readonly title: string;
  /** The command that made it, such as `wirewrap soak`. */
  readonly generator: string;
  readonly styles: string;
  /** Its only script; without one none may run. */
  readonly script?: string;
}

/**
 * The head of a page that needs nothing else. Its policy allows this style sheet and this script by their hashes and nothing
 * more: no request, and nothing that a board sent can run, whatever it wrote.
 */
export function pageHead({ title, generator, styles, script }: PageHead): Markup {
  const scripts = script === undefined ? '' : ` script-src ${sourceHash(script)};`;
  const policy = `default-src 'none';${scripts} style-src ${sourceHash(styles)}; base-uri 'none'; form-action 'none'`;
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${generator}">
<title>${title}</title>
<style>${new Markup(styles)}</style>
</head>`;
}
