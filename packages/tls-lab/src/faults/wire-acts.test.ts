import { expect, test } from 'vitest';
import { connectItems } from './wire-acts.ts';

test('random bytes never look like a record or an SSLv2 ClientHello, for whose rest the other end would wait', () => {
  for (let draw = 0; draw < 5_000; draw++) {
    const [item] = connectItems({ act: 'raw', where: 'before', bytes: { random: 64 } });
    const bytes = item?.kind === 'bytes' ? item.bytes : Buffer.alloc(0);
    expect(bytes).toHaveLength(64);
    expect(bytes[0]).toBeGreaterThan(0x7f);
    expect(bytes[1]).not.toBe(3);
    expect(bytes[2]).not.toBe(1);
  }
});
