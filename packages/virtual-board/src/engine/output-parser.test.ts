import { expect, test } from 'vitest';
import { OutputParser } from './output-parser.ts';

const MARK = Buffer.from([0xff, 1, 2, 3]);

const stream = Buffer.concat([
  Buffer.from('text\n'),
  MARK,
  Buffer.from([3, 0, 0xff, 0x0a, 0xff]),
  MARK,
  Buffer.from([0, 0]),
  Buffer.from([0xff, 1, 2, 4, 0xff, 0xff]),
  MARK,
  Buffer.from([1, 0, 7]),
  Buffer.from('é'),
]);

function collect(size: number): { text: string; binary: string[] } {
  const parser = new OutputParser(MARK);
  let text = '';
  const binary: string[] = [];
  for (let at = 0; at < stream.length; at += size) {
    for (const { kind, bytes } of parser.push(stream.subarray(at, at + size))) {
      if (kind === 'text') text += bytes.toString('latin1');
      else binary.push(bytes.toString('hex'));
    }
  }
  return { text, binary };
}

test.for([1, 2, 3, 5, 100])('in chunks of %i', (size) => {
  expect(collect(size)).toEqual({
    text: Buffer.concat([Buffer.from('text\n'), Buffer.from([0xff, 1, 2, 4, 0xff, 0xff]), Buffer.from('é')]).toString(
      'latin1',
    ),
    binary: ['ff0aff', '', '07'],
  });
});

test('what only begins like a mark is text when nothing follows', () => {
  const parser = new OutputParser(MARK);
  expect([...parser.push(Buffer.from([97, 0xff, 1]))]).toEqual([{ kind: 'text', bytes: Buffer.from('a') }]);
  expect(parser.isUndecided).toBe(true);
  expect(parser.flush()).toEqual(Buffer.from([0xff, 1]));
  expect(parser.isUndecided).toBe(false);
});

test('the beginning of a binary output is never given up as text', () => {
  const parser = new OutputParser(MARK);
  expect([...parser.push(Buffer.concat([MARK, Buffer.from([2, 0, 9])]))]).toEqual([]);
  expect(parser.isUndecided).toBe(false);
  expect(parser.flush()).toEqual(Buffer.alloc(0));
  expect([...parser.push(Buffer.from([8]))]).toEqual([{ kind: 'binary', bytes: Buffer.from([9, 8]) }]);
});
