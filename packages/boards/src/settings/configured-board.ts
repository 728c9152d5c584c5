import { resolve } from 'node:path';
import { networkSettings } from '@wirewrap/tls-lab/network-settings';
import type { BoardConfig } from './board-config.ts';
import { type BoardSettings, parseBoard } from './board-settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Milliseconds that a board may take to answer after its `start` command. */
const START_DEADLINE_MS = 60_000;

/**
 * The settings of a board of the configuration (a bare URL is `{ url }`). This is the one place that reads the variables
 * (`WIREWRAP_HOST`, `WIREWRAP_WIFI_SSID`, …): the configuration wins over them, but not for Wi-Fi and WebREPL, where a password in the
 * environment shall do. Fails with `BAD_URL` or `BAD_SETTING` in one sentence.
 *
 * @example configuredBoard({ url: '/dev/ttyUSB0', host: '192.168.4.2' }, process.env, 'desk').label; // 'desk'
 */
export function configuredBoard(config: BoardConfig, env: Environment, label?: string): BoardSettings {
  const { start, powerCycle = env.WIREWRAP_POWER_CYCLE } = config;
  const settings = parseBoard(config.url, {
    network: networkSettings({ ...env, ...variablesOf(config, env) }),
    ...(label === undefined ? {} : { label }),
    ...(powerCycle ? { powerCycle } : {}),
    ...(config.elf ? { elf: resolve(config.elf) } : {}),
    ...(start ? { start: { command: start, deadlineMs: config.startDeadlineMs ?? START_DEADLINE_MS } } : {}),
  });
  const password = env.WIREWRAP_WEBREPL_PASSWORD ?? config.webreplPassword;
  return settings.scheme === 'ws' && password ? { ...settings, password } : settings;
}

function variablesOf({ host, listen, address, port, wifi }: BoardConfig, env: Environment): Environment {
  const variables: Environment = {
    WIREWRAP_HOST: host,
    WIREWRAP_LISTEN: listen,
    WIREWRAP_BOARD_ADDRESS: address,
    WIREWRAP_BOARD_PORT: port?.toString(),
    ...(wifi && env.WIREWRAP_WIFI_SSID === undefined
      ? {
          WIREWRAP_WIFI_SSID: wifi.ssid,
          WIREWRAP_WIFI_PASSWORD: wifi.password ?? '',
          WIREWRAP_WIFI_COUNTRY: wifi.country,
        }
      : {}),
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}
