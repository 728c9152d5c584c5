/** One board as `wirewrap.config.ts` describes it. */
export interface BoardConfig {
  /** Board URL, e.g. `/dev/ttyUSB0` or `tcp://127.0.0.1:4321`. */
  readonly url: string;
  readonly wifi?: { readonly ssid: string; readonly password?: string; readonly country?: string };
  /** Address at which the board reaches this host. */
  readonly host?: string;
  /** Address that the host's servers bind to. */
  readonly listen?: string;
  /** `host[:port]` at which this host reaches the board; the port when it is forwarded. */
  readonly address?: string;
  /** Port that the board listens on. Default: another one for each server. */
  readonly port?: number;
  /** Shell command that starts the board (QEMU, a container); it runs until the board is no longer used. */
  readonly start?: string;
  /** Milliseconds that the board may take to answer after `start`. Default 60,000. */
  readonly startDeadlineMs?: number;
  /** Shell command that switches the board off and on (a relay, a USB hub). */
  readonly powerCycle?: string;
  /** The password of its WebREPL, where the URL is `ws://…`. Default: WIREWRAP_WEBREPL_PASSWORD. */
  readonly webreplPassword?: string;
  /** The ELF that the board's firmware was made of: panics are told with file and line. */
  readonly elf?: string;
  /** `--board=tag:NAME` picks every board with the tag. */
  readonly tags?: readonly string[];
}
