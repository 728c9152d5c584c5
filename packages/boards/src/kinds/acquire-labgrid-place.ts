import type { LineSettings } from '@wirewrap/repl-driver';
import { parse } from 'yaml';
import { debug } from '../debug.ts';
import { BoardsError } from '../errors.ts';
import { guardPlace } from '../labgrid/guard.ts';
import type { AskedPlace } from '../labgrid/hold-place.ts';
import { callLabgrid } from '../labgrid/labgrid-client.ts';
import type { StartedBoard } from './board-kind.ts';

export interface LabgridOptions {
  /** Milliseconds for each call of labgrid-client. Default 20,000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Waits until the place is free. Default false. */
  readonly wait?: boolean;
  /** Default `labgrid-client`, from PATH. It takes the coordinator from its own environment (LG_COORDINATOR, LG_CROSSBAR). */
  readonly command?: string;
}

/** Resources that `labgrid-client power` switches; a GPIO may be anything. */
const POWER_PORTS: ReadonlySet<string> = new Set([
  'NetworkPowerPort',
  'NetworkSiSPMPowerPort',
  'NetworkUSBPowerPort',
  'NetworkYKUSHPowerPort',
  'PDUDaemonPort',
  'TasmotaPowerPort',
]);

/**
 * Acquires a place, finds its serial port and how its power is switched, and releases the place when it is disposed of, or
 * when this process ends in whatever way.
 */
export async function acquireLabgridPlace(asked: AskedPlace, options: LabgridOptions = {}): Promise<StartedBoard> {
  const { command = 'labgrid-client', deadlineMs = 20_000, wait = false, signal } = options;
  const { place, client, release } = await guardPlace({ asked, wait, command, deadlineMs }, signal);
  try {
    const environment = await callLabgrid(['-p', place, 'env'], client, signal);
    const switched = resourcesOf(environment).some(([kind]) => POWER_PORTS.has(kind));
    return {
      line: findSerialPort(place, environment),
      // The port's driver waits two seconds between off and on.
      ...(switched ? { powerCycle: () => cyclePower(place, client) } : {}),
      [Symbol.asyncDispose]: release,
    };
  } catch (error) {
    await release().catch((swallowed) => debug('%s is not released: %s', place, swallowed));
    throw error;
  }
}

async function cyclePower(place: string, client: Parameters<typeof callLabgrid>[1]): Promise<void> {
  await callLabgrid(['-p', place, 'power', 'cycle'], { ...client, deadlineMs: Math.max(client.deadlineMs, 60_000) });
}

/** The kinds and settings of `labgrid-client env`: `targets: PLACE: resources: [- KIND: { … }]`. */
function resourcesOf(environment: string): (readonly [kind: string, settings: Record<string, unknown>])[] {
  const targets = (parse(environment) as { targets?: Record<string, { resources?: unknown }> } | null)?.targets;
  const resources = Object.values(targets ?? {}).flatMap((target) => (target?.resources ?? []) as unknown[]);
  return resources.flatMap((resource) => Object.entries((resource ?? {}) as Record<string, Record<string, unknown>>));
}

/** Reads `labgrid-client env`: `NetworkSerialPort: { host, port, speed, protocol }`. */
export function findSerialPort(place: string, environment: string): LineSettings {
  const ports = resourcesOf(environment).filter(([kind]) => kind === 'NetworkSerialPort');
  const [found] = ports;
  if (!found || ports.length > 1) {
    const there = ports.length > 1 ? `${ports.length} of them` : 'none';
    throw new BoardsError(
      'NO_SUCH_PORT',
      `The labgrid place '${place}' must export one serial port (NetworkSerialPort), and there is ${there}; see \`labgrid-client -p ${place} show\`.`,
    );
  }
  const [, port] = found;
  const address = { host: String(port.host), port: Number(port.port) };
  if (port.protocol === 'raw') return { scheme: 'tcp', ...address };
  return { scheme: 'rfc2217', ...address, baudRate: Number(port.speed ?? 115_200) };
}
