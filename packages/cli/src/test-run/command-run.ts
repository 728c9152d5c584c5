/** On `globalThis`: the command and the configuration that it loads may have this module twice. */
const shared = globalThis as { [command]?: true };
const command = Symbol.for('wirewrap.command-run');

/** Notes that `wirewrap test` runs vitest in this process, so that the plug-in leaves boards, record and progress to it. */
export function markCommandRun(): void {
  shared[command] = true;
}

export function isCommandRun(): boolean {
  return shared[command] === true;
}
