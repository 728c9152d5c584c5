import { EXECUTE, RAW_BANNER } from '../line/control.ts';
import type { Line } from '../line/line.ts';
import type { Deadline } from '../time/deadline.ts';

/** `04` on an empty line of the raw REPL: a new interpreter. Resolves with what it printed when the raw banner came. */
export async function softReset(line: Line, deadline: Deadline): Promise<string> {
  line.take();
  await line.write(EXECUTE, deadline);
  const end = await line.until('the soft reset', deadline, (waiting) => {
    const text = waiting.toString('latin1');
    const reboot = text.indexOf('soft reboot');
    const banner = reboot < 0 ? -1 : text.indexOf(RAW_BANNER, reboot);
    return banner < 0 ? undefined : banner + RAW_BANNER.length;
  });
  return line.take(end).toString('utf8');
}
