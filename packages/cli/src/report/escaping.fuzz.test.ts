import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeSpan } from './code-span.ts';
import { formatAnnotation } from './github-annotations.ts';
import { escapeMarkup } from './html/markup.ts';
import { markdownText } from './job-summary.ts';
import { xmlAttribute, xmlText } from './xml.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);
const text = fc.string({ unit: 'binary', maxLength: 60 });
const forbiddenInXml = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/u;

test('HTML: no text opens or closes an element or an attribute', () => {
  fc.assert(
    fc.property(text, (value) => !/[<>"']/.test(escapeMarkup(value))),
    { numRuns },
  );
});

test('XML: no text leaves its attribute or element, and no character is one that XML cannot hold', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(xmlAttribute(value)).not.toMatch(/[<>"\n\r\t]/);
      expect(xmlText(value)).not.toMatch(/[<>\r]/);
      for (const escaped of [xmlAttribute(value), xmlText(value)]) {
        expect(escaped).not.toMatch(/&(?!(?:amp|lt|gt|quot|#10|#13|#9);)/);
        expect(forbiddenInXml.test(escaped)).toBe(false);
      }
    }),
    { numRuns },
  );
});

test('GitHub: an annotation is one line with two separators that are ours, and comes back as it was', () => {
  const restored = (value: string) =>
    value
      .replaceAll('%2C', ',')
      .replaceAll('%3A', ':')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');
  fc.assert(
    fc.property(text, text, (title, message) => {
      const line = formatAnnotation({ title, message });
      expect(line).not.toMatch(/[\r\n]/);
      const [, properties = '', rest = ''] = /^::error title=([^:,]*)::([\s\S]*)$/.exec(line) ?? [];
      expect(restored(properties)).toBe(title);
      expect(restored(rest)).toBe(message);
    }),
    { numRuns },
  );
});

test('Markdown: a cell has no line break, no bare bar and no tag', () => {
  fc.assert(
    fc.property(text, (value) => !/[\r\n<>]|(?<!\\)\|/.test(markdownText(value))),
    { numRuns },
  );
});

test('Markdown: a code span is one line, ends where it should, and shows no character that is not seen', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: fc.constantFrom('`', ' ', 'a', '\n') })), (value) => {
      const [, fence = '', inside = ''] = /^(`+)([\s\S]*?[^`])\1$/.exec(codeSpan(value)) ?? [];
      expect(fence).not.toBe('');
      expect([...inside.matchAll(/`+/g)].map(([run]) => run)).not.toContain(fence);
      expect(inside).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
    { numRuns },
  );
});
