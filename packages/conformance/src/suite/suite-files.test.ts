import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_SUITE_NAMES, suiteOfFile } from '../cases/suite-names.ts';
import { suiteFile, suiteFiles, suitesFolder } from './suite-files.ts';

test('every suite has its file in the folder of the suites, and nothing else is there', () => {
  expect(suiteFiles().filter((path) => !existsSync(path))).toEqual([]);
  expect(suiteFiles().map(suiteOfFile)).toEqual(ALL_SUITE_NAMES);
  expect(readdirSync(suitesFolder)).toHaveLength(ALL_SUITE_NAMES.length);
});

test('a path of a built suite is known, too', () => {
  expect(suiteOfFile(suiteFile('book').replace(/ts$/, 'js'))).toBe('book');
});
