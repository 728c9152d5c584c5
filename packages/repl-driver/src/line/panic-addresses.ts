import type { PanicPlace } from '../errors.ts';

/**
 * `Backtrace: 0x400d1234:0x3ffb1230 0x…:0x…` of an Xtensa chip: a program counter and a stack pointer for each call. ESP-IDF
 * has already moved it from where the call returns to into the call (esp_backtrace_print).
 */
const XTENSA_BACKTRACE = /Backtrace: ?((?:0x[\da-f]+:0x[\da-f]+ ?)+)[^\r\n]*[\r\n]/gi;
/** A RISC-V chip has no such list: the instruction, and where its function returns to. */
const RISCV_REGISTERS = /\bMEPC\s*: (0x[\da-f]+)\s+RA\s*: (0x[\da-f]+)[^\r\n]*[\r\n]/gi;
const XTENSA_REGISTERS = /\bPC\s*: (0x[\da-f]+)\s+PS\s*: 0x[\da-f]+[^\r\n]*[\r\n]/gi;
const ABORT = /abort\(\) was called at PC (0x[\da-f]+)[^\r\n]*[\r\n]/gi;
const ELF_SHA256 = /ELF file SHA256: ([\da-f]{6,64})/gi;

/**
 * Where the last panic in serial text was; undefined where none says it, or its line has not come whole.
 *
 * @example panicPlace('Backtrace: 0x400d1234:0x3ffb1230\r\n'); // { addresses: ['0x400d1234'], elfSha256: null }
 */
export function panicPlace(text: string): PanicPlace | undefined {
  const addresses =
    lastOf(XTENSA_BACKTRACE, text)?.[1]?.match(/0x[\da-f]+(?=:)/gi) ??
    lastOf(RISCV_REGISTERS, text)?.slice(1) ??
    lastOf(XTENSA_REGISTERS, text)?.slice(1) ??
    lastOf(ABORT, text)?.slice(1);
  if (addresses === undefined) return undefined;
  const sha = lastOf(ELF_SHA256, text)?.[1]?.toLowerCase() ?? '';
  // Nothing but zeros: the image was made without it.
  return { addresses, elfSha256: /[1-9a-f]/.test(sha) ? sha : null };
}

function lastOf(pattern: RegExp, text: string): RegExpExecArray | undefined {
  return [...text.matchAll(pattern)].at(-1);
}
