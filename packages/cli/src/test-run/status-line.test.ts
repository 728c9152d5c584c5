import { describe, expect, test } from 'vitest';
import { StatusLine } from './status-line.ts';

/** A terminal of one screen: what is left to read after all control sequences. */
class Screen {
  readonly isTTY = true;
  readonly columns = 30;
  #lines = [''];

  write(text: string): boolean {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequence is what is looked for
    for (const part of text.split(/(\r\x1b\[2K|\n)/)) {
      if (part === '\n') this.#lines.push('');
      else if (part === '\r\x1b[2K') this.#lines[this.#lines.length - 1] = '';
      else this.#lines[this.#lines.length - 1] += part;
    }
    return true;
  }

  get text(): string {
    return this.#lines.join('\n');
  }
}

function terminal() {
  const screen = new Screen();
  return { screen, line: new StatusLine(screen as unknown as NodeJS.WriteStream) };
}

describe('StatusLine in a terminal', () => {
  test('stays below what is written', () => {
    const { screen, line } = terminal();
    line.show('1 of 9');
    line.write('first\n');
    line.stream.write('second\n');
    line.show('2 of 9');
    expect(screen.text).toBe('first\nsecond\n2 of 9');
    line.show('');
    expect(screen.text).toBe('first\nsecond\n');
  });

  test('does not break into a line that is not finished', () => {
    const { screen, line } = terminal();
    line.show('1 of 9');
    line.write('half ');
    line.show('2 of 9');
    line.write('whole\n');
    expect(screen.text).toBe('half whole\n2 of 9');
  });

  test('survives a reporter that replaces the method `write` by one that leads back here', () => {
    const { screen, line } = terminal();
    screen.write = (text: string) => line.stream.write(text);
    line.show('1 of 9');
    line.write('first\n');
    line.show('2 of 9');
    expect(screen.text).toBe('first\n2 of 9');
  });

  test('is cut to the width', () => {
    const { screen, line } = terminal();
    line.show('x'.repeat(100));
    expect(screen.text).toBe('x'.repeat(29));
  });

  test('is left out where control sequences would be shown as letters', () => {
    const screen = new Screen();
    const line = new StatusLine(screen as unknown as NodeJS.WriteStream, { live: false });
    line.show('1 of 9');
    line.write('first\n');
    expect(screen.text).toBe('first\n');
  });
});

test('without a terminal there is no status line', () => {
  const written: string[] = [];
  const pipe = { write: (text: string) => written.push(text) };
  const line = new StatusLine(pipe as unknown as NodeJS.WriteStream);
  line.show('1 of 9');
  line.write('first\n');
  expect(written.join('')).toBe('first\n');
});
