// What reads a panic's dump with the ELF of the firmware; the driver loads it only where an ELF is named.
export { panicPlace } from './line/panic-addresses.ts';
export { decodeAddresses, type NoFrames, type PanicFrame } from './panic/addr2line.ts';
export { type ElfFile, readElf } from './panic/elf-file.ts';
export { explainPanic } from './panic/explain-panic.ts';
