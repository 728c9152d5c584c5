import { expect, test } from 'vitest';
import { readAddress, writeAddress } from './address.ts';

test('a link says what is opened, what is looked for and which chips are pressed', () => {
  const hash = '#case=client%2Fdefault%2Fexpired&run=1&find=alert+48&safety=unsafe%2Ctrap&differs=yes';
  const address = readAddress(hash);
  expect(address).toEqual({
    opened: { kind: 'case', id: 'client/default/expired', run: 1 },
    find: 'alert 48',
    facets: new Map([
      ['safety', new Set(['unsafe', 'trap'])],
      ['differs', new Set(['yes'])],
    ]),
  });
  expect(address && writeAddress(address)).toBe(hash);
});

test.for([
  ['', { opened: null, find: '', facets: new Map() }],
  ['#find=', { opened: null, find: '', facets: new Map() }],
  ['#claim=a&run=-3', { opened: { kind: 'claim', id: 'a', run: 0 }, find: '', facets: new Map() }],
  ['#case=&run=1', { opened: null, find: '', facets: new Map() }],
] as const)('%j is read with defaults', ([hash, expected]) => {
  expect(readAddress(hash)).toEqual(expected);
});

test('the name of a section leaves find and filters alone', () => {
  expect(readAddress('#findings')).toBeNull();
});
