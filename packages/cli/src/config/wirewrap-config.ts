import type { BoardConfig } from '@wirewrap/boards';

export type { BoardConfig };

/** The default export of `wirewrap.config.ts`. */
export interface WirewrapConfig {
  readonly boards: Readonly<Record<string, BoardConfig>>;
}

/**
 * Gives an editor the types of `wirewrap.config.ts`.
 *
 * @example export default defineConfig({ boards: { desk: { url: '/dev/ttyUSB0' } } });
 */
export function defineConfig(config: WirewrapConfig): WirewrapConfig {
  return config;
}
