import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pause } from './serial-console.ts';

test('a host process that is killed leaves neither interpreter nor folder', async () => {
  const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('wirewrap-board-'));
  const before = folders();
  const host = spawn(process.execPath, [fileURLToPath(new URL('./orphan.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(host.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(state(pid)).toBe('R');
  host.kill('SIGKILL');
  for (let i = 0; i < 100 && alive(pid); i++) await pause(20);
  expect(alive(pid)).toBe(false);
  expect(folders().filter((name) => !before.includes(name))).toEqual([]);
});

function state(pid: number): string {
  try {
    return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '';
  } catch {
    return '';
  }
}

/** A zombie whose reaper is slow counts as dead. */
function alive(pid: number): boolean {
  return !['', 'Z', 'X'].includes(state(pid));
}
