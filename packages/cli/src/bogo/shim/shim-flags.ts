import type { ShimTask, Unimplemented } from './shim-task.ts';
import { reasonForFlag } from './unsupported-flags.ts';

/** What a firmware's TLS can speak, as far as flags depend on it. */
export interface ShimAbilities {
  readonly tls13: boolean;
}

type Draft = { -readonly [Key in keyof ShimTask]: ShimTask[Key] };

/** Flags without a value, and what they mean for the board. */
const switches: Readonly<Record<string, (task: Draft) => void>> = {
  '-server': (task) => {
    task.server = true;
  },
  '-async': (task) => {
    task.deferred = true;
  },
  '-implicit-handshake': (task) => {
    task.deferred = true;
  },
  '-shim-writes-first': (task) => {
    task.writesFirst = true;
  },
  '-shim-shuts-down': (task) => {
    task.shutsDown = true;
  },
  '-write-different-record-sizes': (task) => {
    task.writesManySizes = true;
  },
  // BoringSSL's shim takes any certificate when it verifies; so does a board that is not asked to verify.
  '-verify-peer': (task) => {
    task.asksForCertificate = true;
  },
  '-require-any-client-certificate': (task) => {
    task.asksForCertificate = true;
  },
  '-use-custom-verify-callback': () => {},
  // What mbedTLS 3 does anyway: it has no older version, and renegotiation is not compiled in.
  '-no-tls1': () => {},
  '-no-tls11': () => {},
  '-no-ssl3': () => {},
  // The board cannot tell, so both ways of closing are read as an end; cases that depend on it are judged in bogo.json.
  '-check-close-notify': () => {},
};

const values: Readonly<Record<string, (task: Draft, value: string) => void>> = {
  '-port': (task, value) => {
    task.port = Number(value);
  },
  '-key-file': (task, value) => {
    task.key = value;
  },
  '-cert-file': (task, value) => {
    task.certificate = value;
  },
  '-host-name': (task, value) => {
    task.serverName = value;
  },
  '-read-size': (task, value) => {
    task.readSize = Number(value);
  },
};

/** Limits of the version: only what the firmware keeps by itself, since `ssl` has no word for them. */
const versions: Readonly<Record<string, (limit: number, can: ShimAbilities) => boolean>> = {
  '-min-version': (limit) => limit <= 0x0303,
  '-max-version': (limit, { tls13 }) => limit >= (tls13 ? 0x0304 : 0x0303),
};

/** Reads the flags of BoGo's runner. What a board has no word for is `Unimplemented`, with its reason. */
export function readShimFlags(flags: readonly string[], can: ShimAbilities): ShimTask | Unimplemented {
  const task: Draft = {
    port: 0,
    server: false,
    key: null,
    certificate: null,
    serverName: null,
    asksForCertificate: false,
    deferred: false,
    writesFirst: false,
    shutsDown: false,
    writesManySizes: false,
    readSize: 512,
  };
  const left = [...flags];
  for (let flag = left.shift(); flag !== undefined; flag = left.shift()) {
    const [means, takes, version] = [switches[flag], values[flag], versions[flag]];
    if (means) means(task);
    else if (takes) takes(task, left.shift() ?? '');
    else if (version) {
      if (!version(Number(left.shift()), can)) return { flag, reason: 'ssl of MicroPython cannot limit the version' };
    } else if (flag === '-no-tls13' && !can.tls13) continue;
    else return { flag, reason: reasonForFlag(flag) };
  }
  return task;
}
