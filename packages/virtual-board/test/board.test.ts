import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startVirtualBoard } from '../src/index.ts';
import { pause, SerialConsole } from './serial-console.ts';

const BOOT = /rst:0x0 \((\w+)\),boot:0x0 \(VIRTUAL_FLASH_BOOT\)\r\n/;
const FRIENDLY = 'information.\r\n>>> ';

test('power-on: boot messages, banner, prompt', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  // Opening a port discards what waited in it, so the first boot may be seen in part.
  await port.enterRaw();
  await board.powerCycle();
  expect(await port.until(FRIENDLY)).toMatch(
    /^wirewrap virtual board\r\n\r\nrst:0x0 \(POWERON_RESET\),boot:0x0 \(VIRTUAL_FLASH_BOOT\)\r\nMicroPython v1\.\d+\.\d+.* on .*; .*\r\nType "help\(\)" for more information\.\r\n>>> $/,
  );
});

test.for([
  ['machine.reset()', 'SW_CPU_RESET', async (port: SerialConsole) => port.send('import machine\nmachine.reset()\x04')],
  ['run reset', 'POWERON_RESET', async (_: SerialConsole, reset: () => Promise<void>) => await reset()],
] as const)('%s starts a new interpreter with the same flash', async ([, reason, reset]) => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  await port.run("with open('kept.txt', 'w') as f:\n f.write('flash')\nram = 1");
  const before = board.pid;
  await reset(port, () => board.runReset());
  expect(BOOT.exec(await port.until(FRIENDLY))?.[1]).toBe(reason);
  expect(board.pid).not.toBe(before);
  await port.enterRaw();
  expect(await port.run("print(open('kept.txt').read(), 'ram' in globals())")).toBe('flash False\n');
  expect(await port.run('import machine\nprint(machine.reset_cause())')).toBe(
    reason === 'POWERON_RESET' ? '1\n' : '2\n',
  );
});

test('a soft reset is a new process with the same flash', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  await port.run("with open('kept.txt', 'w') as f:\n f.write('flash')\nram = 1");
  const before = board.pid;
  port.send('\x04');
  expect(await port.until('exit\r\n>')).toBe('OK\r\nMPY: soft reboot\r\nraw REPL; CTRL-B to exit\r\n>');
  expect(board.pid).not.toBe(before);
  expect(await port.run("print(open('kept.txt').read(), 'ram' in globals())")).toBe('flash False\n');
});

test('boot.py runs at every start, main.py only before the friendly REPL', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  await port.run(
    "for name in ('boot', 'main'):\n with open(name + '.py', 'w') as f:\n  f.write('print(\"%s\", __name__)' % name)",
  );
  port.send('\x04');
  expect(await port.until('exit\r\n>')).toBe(
    'OK\r\nMPY: soft reboot\r\nboot __main__\r\nraw REPL; CTRL-B to exit\r\n>',
  );
  port.send('\x02');
  await port.until(FRIENDLY);
  port.send('\x04');
  expect(await port.until(FRIENDLY)).toMatch(
    /^\r\nMPY: soft reboot\r\nboot __main__\r\nmain __main__\r\nMicroPython v/,
  );
});

test('an exception in main.py leads to the prompt, Ctrl-C out of it too', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  await port.run("with open('main.py', 'w') as f:\n f.write('print(\"begun\")\\nwhile True:\\n  pass\\n')");
  await board.runReset();
  await port.until('begun\r\n');
  port.send('\x03');
  expect(await port.until(FRIENDLY)).toMatch(
    /File "main\.py", line \d, in <module>\r\nKeyboardInterrupt: \r\nMicroPython v/,
  );
});

test('a crash is seen, and the board reboots', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  port.send('import uctypes\nuctypes.bytearray_at(8, 4)[0]\x04');
  expect(await port.until(FRIENDLY)).toMatch(
    /^OK\r\nvirtual board: interpreter killed by SIGSEGV\r\nwirewrap virtual board\r\n\r\nrst:0x0 \(PANIC_RESET\)/,
  );
  await board.crash('SIGKILL');
  expect(await port.until(FRIENDLY)).toContain('virtual board: interpreter killed by SIGKILL');
});

test.for([
  ['open', 'open(3)', 'TypeError'],
  ['an import', 'import ffi', 'ImportError'],
  ['a relative import', 'from . import x', 'ImportError'],
  ['input from the keyboard', 'import sys\nsys.stdin.readinto(5)', 'TypeError'],
  ['the interrupt character', "import micropython\nmicropython.kbd_intr('x')", 'TypeError'],
] as const)('the innermost frame of an error in %s is a line of the program', async ([, program, type]) => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  const lines = program.split('\n').length;
  const { error } = await port.exec(program);
  const expected = new RegExp(
    `^Traceback \\(most recent call last\\):\n  File "<stdin>", line ${lines}, in <module>\n${type}: .*\n$`,
  );
  expect(error).toMatch(expected);
  const indented = program.replaceAll('\n', '\n ');
  const caught = `import sys, io\ns = io.StringIO()\ntry:\n ${indented}\nexcept Exception as e:\n sys.print_exception(e, s)\nprint(s.getvalue(), end='')`;
  expect(await port.run(caught)).toMatch(new RegExp(expected.source.replace(`line ${lines}`, `line ${lines + 3}`)));
  const thread = `import _thread, time\ndef work():\n ${indented}\n_thread.start_new_thread(work, ())\ntime.sleep_ms(100)`;
  expect(await port.run(thread)).toMatch(
    new RegExp(
      `^Unhandled exception in thread started by <function work at .*>\nTraceback \\(most recent call last\\):\n  File "<stdin>", line ${lines + 2}, in work\n${type}: .*\n$`,
    ),
  );
});

test("a traceback keeps the user's own frames and words, whatever they are called", async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  await port.run(
    "with open('/mine_wirewrap_run.py', 'w') as f:\n f.write('def f(): raise ValueError(\"a\\\\n/wirewrap_run\")')",
  );
  const { error } = await port.exec("import sys\nsys.path.append('/')\nfrom mine_wirewrap_run import f\nf()");
  expect(error).toBe(
    'Traceback (most recent call last):\n  File "<stdin>", line 4, in <module>\n  File "mine_wirewrap_run.py", line 1, in f\nValueError: a\n/wirewrap_run\n',
  );
});

test('sys.stderr is the same line as sys.stdout, in order', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  const program = "import sys\nfor i in range(100):\n print('o', file=sys.stdout)\n sys.stderr.write('e\\n')";
  expect(await port.run(program)).toBe('o\ne\n'.repeat(100));
  expect(await port.run("sys.print_exception(ValueError('x'), sys.stderr)\nprint('o')")).toBe('ValueError: x\no\n');
  expect(await port.run("sys.stderr.buffer.write(b'\\x80\\n')\nprint('o')")).toBe('\x80\no\n');
});

test.for([
  ['a byte that is no UTF-8', "print('%c' % 255)", '\xff\r\n'],
  ['that byte as the last one', "import sys\nsys.stdout.write('%c' % 255)", '\xff'],
  ['every byte but 04', "for i in range(5, 256): print('%c' % i, end='')", null],
  [
    'messages to the host: soft reset, hard reset, Ctrl-C off, a question',
    "import sys\nfor kind in 'SRKQCPVU': print('%c%c%c%c' % (255, kind, 0, 0), end=''); sys.stdout.write(bytes([255, ord(kind), 1, 0, 255]))",
    null,
  ],
] as const)('a program prints %s, and the session goes on', async ([, program, output]) => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  const before = board.pid;
  port.send(`${program}\x04`);
  const text = await port.until('\x04\x04>');
  if (output !== null) expect(text).toBe(`OK${output}\x04\x04>`);
  expect(await port.run('print(1 + 1)')).toBe('2\n');
  expect(board.pid).toBe(before);
});

test('a byte that is no UTF-8 is seen while the program that printed it goes on', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  port.send("import sys\nsys.stdout.write('%c' % 255)\nwhile True: pass\x04");
  expect(await port.until('\xff')).toBe('OK\xff');
  port.send('\x03');
  await port.until('KeyboardInterrupt: \r\n\x04>');
});

test('text and bytes keep their order', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  const program =
    "import sys\nfor i in range(300):\n print('t', end='')\n n = sys.stdout.buffer.write(b'b')\n n = sys.stdout.write('\\n')";
  port.send(`${program}\x04`);
  expect(await port.until('\x04\x04>')).toBe(`OK${'tb\r\n'.repeat(300)}\x04\x04>`);
});

test('the receive ring drops what the program does not read in time', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  port.send(
    "import sys, time, select\nprint('go')\ntime.sleep_ms(1500)\np = select.poll()\np.register(sys.stdin, 1)\nn = 0\nwhile p.poll(50):\n sys.stdin.buffer.read(1)\n n += 1\nprint(n)\x04",
  );
  await port.until('go\r\n');
  port.send('x'.repeat(1000));
  expect(await port.until('\x04\x04>')).toBe('260\r\n\x04\x04>');
});

test('a line of 9600 bit/s takes its time', async () => {
  await using board = await startVirtualBoard({ baudRate: 9600 });
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  const beganMs = performance.now();
  port.send("print('x' * 480)\x04");
  await port.until('\x04\x04>');
  // 20 bytes there and 489 back, 10 bits each.
  expect(performance.now() - beganMs).toBeGreaterThan(500);
});

test('Ctrl-C, again and again, never kills the interpreter', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  const before = board.pid;
  port.send(
    'import time\nn = 0\nwhile n < 20:\n try:\n  while True:\n   time.sleep_ms(1)\n except KeyboardInterrupt:\n  n += 1\nprint("done")\x04',
  );
  await port.until('OK');
  for (let i = 0; i < 12_000 && !port.received.includes('>'); i++) {
    port.send('\x03');
    await pause(5);
  }
  expect(await port.until('\x04>')).toContain('done\r\n');
  expect(board.pid).toBe(before);
});

test('a Ctrl-C during a write does not hurt the file system', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  for (let round = 0; round < 10; round++) {
    port.send("while True:\n with open('f', 'w') as f:\n  f.write('x' * 5000)\x04");
    await port.until('OK');
    await pause(20 + round);
    port.send('\x03');
    expect(await port.until('\x04>')).toContain('KeyboardInterrupt');
    expect(await port.run("import os\nwith open('g', 'w') as f:\n f.write('ok')\nprint(open('g').read())")).toBe(
      'ok\n',
    );
  }
});

test('a flood of output that nobody reads does not block the program', async () => {
  await using board = await startVirtualBoard();
  {
    await using port = await SerialConsole.open(board.path);
    await port.enterRaw();
    port.send("for i in range(20000):\n print('x' * 60)\nimport machine\nmachine.reset()\x04");
    await port.until('OK');
  }
  const flooding = board.pid;
  for (let i = 0; i < 1_200 && board.pid === flooding; i++) await pause(50);
  expect(board.pid).not.toBe(flooding);
});

test('50 boards leave neither process nor descriptor', async () => {
  const warm = await startVirtualBoard();
  await warm.close();
  const before = readdirSync('/proc/self/fd').length;
  for (let i = 0; i < 10; i++) {
    const boards = await Promise.all(Array.from({ length: 5 }, () => startVirtualBoard()));
    const pids = boards.map((board) => board.pid);
    await Promise.all(boards.map((board) => board.close()));
    for (const pid of pids) expect(readdirSync('/proc')).not.toContain(String(pid));
  }
  expect(readdirSync('/proc/self/fd').length).toBe(before);
});

test('a Ctrl-C into the garbage collector does not hurt it', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  const before = board.pid;
  port.send(
    'n = 0\nwhile n < 40:\n try:\n  while True:\n   a = [bytearray(100) for i in range(50)]\n except KeyboardInterrupt:\n  n += 1\nprint("done")\x04',
  );
  await port.until('OK');
  for (let i = 0; i < 7_500 && !port.received.includes('>'); i++) {
    port.send('\x03');
    await pause(8);
  }
  expect(await port.until('\x04>')).toContain('done\r\n');
  expect(board.pid).toBe(before);
});

test('Ctrl-C at any moment of a boot leads to a prompt, not to a crash', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  for (let round = 0; round < 25; round++) {
    port.send('\x04');
    for (let i = 0; i < 25; i++) {
      port.send('\x03');
      await pause(2 + (round % 4));
    }
    port.send('\x01');
    expect(await port.until(/exit\r\n>(?=$)/)).not.toContain('virtual board:');
    await port.enterRaw();
  }
});

test('Ctrl-C right behind what a program reads ends the program, each time', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  for (let round = 0; round < 100; round++) {
    port.send("import sys\nprint('reads')\nwhile True: sys.stdin.readline()\x04");
    await port.until('reads\r\n');
    port.send('a\r\x03');
    await port.until('KeyboardInterrupt: \r\n\x04>');
    // What the program had not read yet waits at the prompt, as on a board.
    port.send('\x03');
    expect(await port.run(`print(${round})`)).toBe(`${round}\n`);
  }
});
