import { readFileSync } from 'node:fs';
import { ignored } from '../debug.ts';

/**
 * The name of a group id, from /etc/group; undefined when it is not there.
 *
 * @example groupName(0); // 'root'
 */
export function groupName(gid: number): string | undefined {
  try {
    const line = readFileSync('/etc/group', 'utf8')
      .split('\n')
      .find((entry) => entry.split(':')[2] === String(gid));
    return line?.split(':')[0];
  } catch (error) {
    ignored('looking for the name of a group')(error);
    return undefined;
  }
}
