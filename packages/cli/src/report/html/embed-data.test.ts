import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { embedData } from './embed-data.ts';
import { unpack } from './packed.ts';

test('a value goes into the page as letters that cannot end an element, and comes back', () => {
  const value = { text: '</script><!-- \u2028 é 😀', list: [1, null, true] };
  const { text } = embedData(value);
  expect(text).toMatch(/^[A-Za-z0-9+/=]+$/);
  expect(unpack(JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString()))).toEqual(value);
});
