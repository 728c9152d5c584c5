import type { Board } from '../src/index.ts';

const DEAF = "import micropython\nmicropython.kbd_intr(-1)\nprint('deaf')\nwhile True: pass";

/**
 * Runs a program that does not end, and gives up on it once it says `deaf`: a deadline could pass before it has begun. Default:
 * one to which Ctrl-C does nothing.
 */
export async function deafen(board: Board, program: string = DEAF): Promise<void> {
  const begun = new AbortController();
  let said = '';
  const onOutput = (text: string) => {
    said += text;
    if (said.includes('deaf')) begun.abort();
  };
  const error: unknown = await board.exec(program, { onOutput, signal: begun.signal, deadlineMs: 60_000 }).then(
    () => new Error('the program ended'),
    (thrown: unknown) => thrown,
  );
  if (!begun.signal.aborted) throw error;
}
