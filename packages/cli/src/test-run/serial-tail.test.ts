import { existsSync, statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { SerialTail } from './serial-tail.ts';

test('SerialTail shows whole lines as they come, without control characters, and removes its file', async () => {
  const lines: string[] = [];
  let path: string;
  {
    await using tail = new SerialTail('unit', (line) => lines.push(line));
    path = tail.path;
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    await appendFile(path, 'OK\x04\x04>first\x04\x04>\r\nsec');
    await expect.poll(() => lines).toEqual(['>first']);
    await appendFile(path, 'ond é\r\nlast');
  }
  expect(lines).toEqual(['>first', 'second é', 'last']);
  expect(existsSync(dirname(path))).toBe(false);
});
