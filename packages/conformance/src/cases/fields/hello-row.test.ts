import { parseClientHello } from '@wirewrap/tls-lab';
import { describe, expect, test } from 'vitest';
import { HELLO_ROWS } from './hello-cases.ts';
import { type HelloRow, helloOf } from './hello-row.ts';

const rows = [...HELLO_ROWS];
/** A length of the message itself or of an extension; that of a list inside one is part of its data. */
const isWrong = ({ wrongLength, extensions = [] }: HelloRow): boolean =>
  wrongLength !== undefined || extensions.some(({ long = 0 }) => long !== 0);
const hasWrongList = ({ name }: HelloRow): boolean => name.endsWith('-list-length');
const zeros = (length: number): Buffer => Buffer.alloc(length);

describe('a ClientHello of the suite `fields`', () => {
  test.for(rows)('%s says what it does and why', ([, { does, why }]) => {
    expect(does).toMatch(/^[A-Z].*\.$/);
    expect(why).toMatch(/RFC \d+/);
  });

  test.for(rows.filter(([, row]) => !isWrong(row) && !hasWrongList(row)))('%s can be read', ([, row]) => {
    const hello = parseClientHello(helloOf(row).subarray(4));
    const types = (row.extensions ?? []).map(({ type }) => type);
    expect(hello?.versions).toContain(row.version);
    expect(hello?.extensions).toEqual(expect.arrayContaining(types));
  });

  test.for(rows.filter(([, row]) => isWrong(row)))('%s is wrong in one byte, and by one', ([, row]) => {
    const { wrongLength: _wrong, extensions = [], ...rest } = row;
    const good = helloOf({ ...rest, extensions: extensions.map(({ type, data }) => ({ type, data })) }, zeros);
    const bad = helloOf(row, zeros);
    const differing = [...bad].map((byte, at) => byte - (good[at] ?? 0)).filter((by) => by !== 0);
    expect({ length: bad.length, differing }).toEqual({ length: good.length, differing: [1] });
  });
});
