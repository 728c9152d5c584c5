import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTraceback, parseTraceback } from './traceback.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);
const name = fc.stringMatching(/^[A-Za-z_äß€]\w{0,12}$/);
const frame = fc.record({
  file: fc.stringMatching(/^[\w <>@./-]{1,20}$/),
  line: fc.nat(),
  name: fc.option(fc.oneof(name, fc.constant('<module>'))),
});
const message = fc.stringMatching(/^[\x21-\x7e][\x20-\x7e]{0,30}$/).filter((text) => !text.startsWith('Traceback'));

test('a traceback that is written and parsed is the same', () => {
  fc.assert(
    fc.property(name, fc.option(message, { nil: '' }), fc.array(frame, { maxLength: 5 }), (type, text, frames) => {
      const traceback = { type, message: text, frames };
      expect(parseTraceback(formatTraceback(traceback).replaceAll('\n', '\r\n'))).toEqual(traceback);
    }),
    { numRuns },
  );
});

test('any text is parsed or not, without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => void parseTraceback(text)),
    { numRuns },
  );
});
