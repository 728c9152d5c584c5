export type { Command, CommandContext, CommandOption, CommandValue } from './command.ts';
export { type BoardConfig, defineConfig, type WirewrapConfig } from './config/wirewrap-config.ts';
export { CliError, type CliErrorCode, isExpectedError } from './errors.ts';
export { type RunContext, run } from './run.ts';
