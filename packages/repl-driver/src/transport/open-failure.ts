import { statSync } from 'node:fs';
import { ignored } from '../debug.ts';
import { ReplDriverError } from '../errors.ts';
import { groupName } from './group-name.ts';
import { describeHolders } from './lock-holder.ts';

/** Why a port could not be opened, as one sentence with the remedy. */
export function openFailure(url: string, path: string, cause: Error): ReplDriverError {
  const text = cause.message;
  if (/cannot lock|EAGAIN|EBUSY|temporarily unavailable|resource busy/i.test(text)) {
    const message = `The port ${path} is busy: ${describeHolders(path)}; close that program and try again.`;
    return new ReplDriverError('PORT_BUSY', message, { cause });
  }
  if (/EACCES|permission denied|access denied/i.test(text)) {
    const group = ownerGroup(path);
    const message = `No permission to open ${path}, which belongs to group ${group}; run \`sudo usermod -aG ${group} $USER\`, then log in again.`;
    return new ReplDriverError('NO_PERMISSION', message, { cause });
  }
  if (/ENOENT|ENOTDIR|no such file|not a directory|cannot find|ENXIO|ENODEV|no such device/i.test(text)) {
    const message = `There is no port ${path}; plug the board in, and look for its name in /dev/serial/by-id.`;
    return new ReplDriverError('NO_SUCH_PORT', message, { cause });
  }
  if (/ENOTTY|inappropriate ioctl|is a directory|EISDIR|not a (tty|terminal)/i.test(text)) {
    const message = `${path} is no serial port; give a device such as /dev/ttyUSB0.`;
    return new ReplDriverError('NO_SUCH_PORT', message, { cause });
  }
  return new ReplDriverError('NO_SUCH_PORT', `Cannot open ${url}: ${text}; check the device and its cable.`, { cause });
}

function ownerGroup(path: string): string {
  try {
    const { gid } = statSync(path);
    return groupName(gid) ?? String(gid);
  } catch (error) {
    ignored('looking at a port')(error);
    return 'dialout';
  }
}
