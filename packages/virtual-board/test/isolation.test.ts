import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVirtualBoard, type VirtualBoard } from '../src/index.ts';
import { SerialConsole } from './serial-console.ts';

let board: VirtualBoard;
let port: SerialConsole;

beforeAll(async () => {
  board = await startVirtualBoard();
  port = await SerialConsole.open(board.path);
  await port.enterRaw();
});

afterAll(async () => {
  await port?.[Symbol.asyncDispose]();
  await board?.close();
});

test.for(['/etc/passwd', '../../etc/passwd', '/proc/self/environ', '/dev/mem', '//etc/passwd', '/lib/../etc/passwd'])(
  'open(%s) finds nothing of the host',
  async (path) => {
    expect((await port.exec(`open('${path}')`)).error).toMatch(
      /OSError: (?:\[Errno 2\] ENOENT|\[Errno 22\] EINVAL)|OSError: -?\d+/,
    );
  },
);

test.for([
  ['import ffi', 'ImportError'],
  ['import jni', 'ImportError'],
  ['import termios', 'ImportError'],
  ['import wirewrap_link', 'ImportError'],
  ['import os\nos.system("true")', 'AttributeError'],
  ['import uos\nuos.system("true")', 'AttributeError'],
  ['import os\nos.getenv("PATH")', 'AttributeError'],
  ['import os\nos.VfsPosix', 'AttributeError'],
  ['import vfs\nvfs.VfsPosix', 'AttributeError'],
  ['import machine\nmachine.mem32', 'AttributeError'],
  ['open(3, "rb").read(1)', 'TypeError'],
  ['import io\nio.open(0, "rb")', 'TypeError'],
  ['import uio\nuio.open(0, "rb")', 'TypeError'],
] as const)('%s raises %s', async ([code, type]) => {
  expect((await port.exec(code)).error).toContain(type);
});

test('only flash is at /', async () => {
  expect(await port.run("import os\nprint(os.listdir('/'), os.getcwd())")).toBe("['boot.py'] /\n");
});

test('the board-side programs leave no names and no modules', async () => {
  port.send('\x04');
  await port.until('exit\r\n>');
  expect(await port.run('print(sorted(dir()))')).toBe("['__file__', '__name__']\n");
  expect(await port.run('import sys\nprint([m for m in sys.modules if "wirewrap" in m])')).toBe(
    "['wirewrap_virtual']\n",
  );
});
