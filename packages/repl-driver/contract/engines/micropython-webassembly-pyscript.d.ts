declare module '@micropython/micropython-webassembly-pyscript' {
  interface MicroPython {
    readonly _module: { _mp_hal_get_interrupt_char(): number; _mp_sched_keyboard_interrupt(): void };
    replInit(): void;
    /** True when the REPL wants to end. */
    replProcessChar(char: number): number;
  }
  export function loadMicroPython(options: {
    linebuffer: boolean;
    stdout: (bytes: Uint8Array) => void;
    stdin: () => number | null;
  }): Promise<MicroPython>;
}
