import { expect, test } from 'vitest';
import { escapeMarkup, html } from './markup.ts';

test.for([
  ['<b>&"\'', '&lt;b&gt;&amp;&quot;&#39;'],
  ['\u0004>\r\n\t', '\\x04&gt;\r\n\t'],
  ['\u007f\u0085', '\\x7f\\x85'],
] as const)('%j becomes %j', ([text, expected]) => {
  expect(escapeMarkup(text)).toBe(expected);
});

test('values are escaped, markup inside of markup is not, and what is not there leaves nothing', () => {
  const item = html`<li title="${'a"b'}">${'<x>'}</li>`;
  expect(html`<ul>${[item, item]}${null}${undefined}${false}${0}</ul>`.text).toBe(
    '<ul><li title="a&quot;b">&lt;x&gt;</li><li title="a&quot;b">&lt;x&gt;</li>0</ul>',
  );
});
