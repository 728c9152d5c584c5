import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';

/** `wirewrap completion`, for the commands that `load` gives. */
export const completionCommand = (load: () => Promise<readonly Command[]>): Command => ({
  name: 'completion',
  summary: 'Print what bash, zsh or fish reads to complete commands and options.',
  positionals: 'bash|zsh|fish',
  options: {},
  notes: [
    'Examples: source <(wirewrap completion bash)',
    '          source <(wirewrap completion zsh)',
    '          wirewrap completion fish | source',
    'Exit code: 0 printed, 2 bad input.',
  ],
  async run({ positionals, stdout }) {
    const [shell, ...more] = positionals;
    const { COMPLETION_SCRIPTS: completionScripts } = await import('../completion/completion-scripts.ts');
    if (shell === undefined || more.length > 0 || !Object.hasOwn(completionScripts, shell)) {
      throw new CliError('BAD_USAGE', 'Name one shell: wirewrap completion bash, zsh or fish.');
    }
    stdout.write(completionScripts[shell as keyof typeof completionScripts](await load()));
    return 0;
  },
});
