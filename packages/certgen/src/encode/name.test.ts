import { expect, test } from 'vitest';
import { NAME_ATTRIBUTE_TYPES, type NameAttributeType } from '../recipe/name-attribute-type.ts';
import { distinguishedName } from './name.ts';

function derOf(type: NameAttributeType, value: string): string {
  return Buffer.from(distinguishedName([[type, value]]).toArrayBuffer()).toString('hex');
}

const printable = '13';
const utf8 = '0c';
const ia5 = '16';

test.for([
  ['C', '0603550406', printable],
  ['ST', '0603550408', utf8],
  ['L', '0603550407', utf8],
  ['serialNumber', '0603550405', printable],
  ['emailAddress', '06092a864886f70d010901', ia5],
  ['DC', '060a0992268993f22c640119', ia5],
] as const)('%s is written with its identifier and string type', ([type, oid, string]) => {
  expect(derOf(type, 'ab')).toContain(`${oid}${string}026162`);
});

test.for(NAME_ATTRIBUTE_TYPES)('%s is known', (type) => {
  expect(derOf(type, 'ab')).toContain('6162');
});

test.for(['E', 'street', 'toString', ''])('%j is refused by name', (type) => {
  expect(() => distinguishedName([[type as 'CN', 'x']])).toThrow(
    expect.objectContaining({
      code: 'BAD_RECIPE',
      message: expect.stringContaining(`${JSON.stringify(type)}, which is not known: use C, ST, L`),
    }),
  );
});
