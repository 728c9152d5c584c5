import { expect, test } from 'vitest';
import { FrameFiles } from './frame-files.ts';

test('a place has one name, in every session, and no name is of two places', () => {
  const [one, other] = [new FrameFiles(), new FrameFiles()];
  const tag = one.tag({ file: 'one.py', line: 3 });
  expect(one.tag({ file: 'one.py', line: 3 })).toBe(tag);
  const tags = Array.from({ length: 2_000 }, (_, line) => other.tag({ file: 'two.py', line }));
  expect(new Set([tag, ...tags]).size).toBe(2_001);
  expect(other.map({ file: tag, line: 5, name: 'f' })).toEqual({ file: tag, line: 5, name: 'f' });
  expect(other.tag({ file: 'one.py', line: 3 })).toBe(tag);
  expect(other.map({ file: tag, line: 5, name: 'f' })).toEqual({ file: 'one.py', line: 7, name: 'f' });
});
