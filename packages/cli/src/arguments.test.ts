import { describe, expect, test } from 'vitest';
import { parseArguments } from './arguments.ts';
import type { Command } from './command.ts';

const strict: Command = {
  name: 'strict',
  summary: '',
  options: { board: { type: 'string', description: '' }, erase: { type: 'boolean', description: '' } },
  run: async () => 0,
};
const passing: Command = {
  ...strict,
  passThrough: true,
  options: { ...strict.options, board: { type: 'string', multiple: true, description: '', placeholder: 'URL' } },
};

describe('a command that passes options through', () => {
  test.for([
    ['nothing', [], {}, []],
    ['an option of ours with =', ['--board=a'], { board: ['a'] }, []],
    ['an option of ours with a space', ['--board', 'a', 'x'], { board: ['a'] }, ['x']],
    ['a repeated option', ['--board=a', '--board=b'], { board: ['a', 'b'] }, []],
    ['options of vitest with their values', ['-t', 'a b', '--bail=1', 'x'], {}, ['-t', 'a b', '--bail=1', 'x']],
    [
      'ours between theirs',
      ['-t', 'p', '--erase', '--reporter', 'dot'],
      { erase: true },
      ['-t', 'p', '--reporter', 'dot'],
    ],
    ['the -- of pnpm', ['--', '--board=a', 'x'], { board: ['a'] }, ['x']],
    [
      'the -- of pnpm after a script with options',
      ['--project', 'board', '--', '--erase'],
      { erase: true },
      ['--project', 'board'],
    ],
    ['a value with an equals sign', ['--board=virtual?latency=1'], { board: ['virtual?latency=1'] }, []],
    ['names of Object.prototype', ['--constructor'], {}, ['--constructor']],
  ] as const)('%s', ([, typed, values, rest]) => {
    expect(parseArguments(passing, typed)).toMatchObject({ values, rest, help: false });
  });

  test.for([[['--board']], [['--board=']]] as const)('%j lacks its value', ([typed]) => {
    expect(() => parseArguments(passing, typed)).toThrow("Option '--board' needs a value: --board=URL.");
  });

  test('a second value where one counts is refused', () => {
    expect(() => parseArguments({ ...strict, passThrough: true }, ['--board=a', '--board=b'])).toThrow(
      /--board.*twice/,
    );
  });

  test('--help is seen', () => {
    expect(parseArguments(passing, ['--help']).help).toBe(true);
  });
});

describe('a strict command', () => {
  test('takes options, and repeated ones where several count', () => {
    const options = { ...strict.options, profile: { type: 'string', multiple: true, description: '' } } as const;
    const { values, rest } = parseArguments({ ...strict, options }, ['--profile=a', '--board=b', '--profile', 'c']);
    expect({ ...values }).toEqual({ profile: ['a', 'c'], board: 'b' });
    expect(rest).toEqual([]);
  });

  test.for([
    ['an unknown option', ['--nope'], /--nope.*strict --help/],
    ['a positional', ['x'], /x.*strict --help/],
    ['a missing value', ['--board'], /--board.*strict --help/],
    ['an empty value', ['--board='], /'--board' needs a value: --board=VALUE/],
    ['an empty word', ['--board', ''], /'--board' needs a value/],
    ['a value that is given twice', ['--board=a', '--board=b'], /'--board' is given twice/],
    ['a value for a flag', ['--erase=1'], /--erase.*strict --help/],
  ] as const)('refuses %s in one sentence', ([, typed, message]) => {
    expect(() => parseArguments(strict, typed)).toThrow(message);
  });
});
