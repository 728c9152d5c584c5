/** Python that is checked as one module. */
export interface PythonProgram {
  /** From the repository; they share one namespace, in this order. */
  readonly files: readonly string[];
  /** Names that somebody else gives: MicroPython, or the host that fills them in. */
  readonly given?: readonly string[];
  /** Rules of ruff that do not hold here, each with why. */
  readonly ignored?: Readonly<Record<string, string>>;
}

const agent = (name: string): string => `packages/repl-driver/src/agent/${name}.py`;
const firmware = (name: string): string => `packages/virtual-board/firmware/${name}.py`;

/** Programs that are more than one file by itself, or need something that ruff cannot know. All others are checked as they are. */
export const SPECIAL_PROGRAMS: readonly PythonProgram[] = [
  {
    files: [
      'install',
      'firmware',
      'agent',
      'receiver-stream',
      'receiver-files',
      'receiver-transfers',
      'receiver-trees',
      'receiver-programs',
      'identity',
    ].map(agent),
    // Constants of programs.ts, and what install.py passes to exec().
    given: [
      'CHECK_MODULUS',
      'WINDOW_BYTES',
      'GIVE_UP_MS',
      'QUIET_MS',
      'TEMPORARY_CHARACTERS',
      'program',
      'sys',
      'gc',
      'crc32',
    ],
    ignored: { E722: 'each byte of the agent counts on a slow line, and nothing is to escape its report' },
  },
  {
    files: ['packages/tls-lab/src/board/board-program.py'],
    given: ['_ww'],
    ignored: {
      B018: 'a bare name asks whether the session before it left that variable',
      B023: 'the functions in the loop are called before its next turn',
    },
  },
  {
    files: [firmware('ssl')],
    ignored: { F403: 'ssl is tls and more, by design', F405: 'names of tls come from the firmware' },
  },
  { files: [firmware('wirewrap_boot')], ignored: { F401: 'modules are imported for what they do to the board' } },
  { files: [firmware('wirewrap_modules')], ignored: { F401: 'modules are imported so that they can be replaced' } },
  { files: ['packages/virtual-board/esp32-engine/variant/manifest.py'], given: ['include'] },
  // The driver's agent, which finds modules of the firmware.
  { files: ['packages/tls-lab/src/network/join-program.py'], given: ['_ww'] },
  { files: ['packages/conformance/src/capabilities/probe.py'], given: ['_ww'] },
  // A step of a case: the endpoint gives it the socket, `time`, and the values of the step.
  { files: ['packages/cli/src/tlsfuzzer/board/answer-program.py'], given: ['wrapped'] },
  { files: ['packages/conformance/src/cases/timeouts/fill.py'], given: ['time', 'wrapped'] },
  { files: ['packages/cli/src/bogo/shim/shim-program.py'], given: ['wrapped', 'time', 'ms', 'first', 'size'] },
];

/** Programs of a folder in which the host fills in names. */
export const GIVEN_IN_FOLDER: Readonly<Record<string, readonly string[]>> = {
  'packages/conformance/src/upstream/programs/': ['HOST', 'PORT', 'CA', 'NAME'],
  'packages/cli/src/tlsfuzzer/board/': ['wrapped'],
  'packages/cli/src/bogo/shim/': ['wrapped', 'time', 'ms', 'first', 'size'],
  'packages/virtual-board/firmware/': ['execfile'],
};
