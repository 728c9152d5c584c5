import { MicroPythonError, py } from '@wirewrap/repl-driver';
import type { Unavailable } from '../../observation/not-observed.ts';
import type { CaseBench } from '../conformance-case.ts';

/** What the board's TLS library allocates. */
export interface TlsMemory {
  /** Python that gives the number of allocations since `fail`. */
  readonly countExpression: string;
  /** Lets these allocations fail, the next one is 1; 0 for none. Forgets the most that was held. */
  fail(first: number, last: number): Promise<void>;
  /** Bytes that may be held at a time, 0 for no limit. */
  limit(bytes: number): Promise<void>;
  /** Bytes that are held now, and the most since `fail`. */
  held(): Promise<{ readonly now: number; readonly most: number }>;
}

const NOT_COUNTED: Unavailable = {
  unavailable: 'the allocations of its TLS library are out of reach; a virtual board with tlsheap=0 counts them',
  limit: 'engine',
};

/** The counter of a virtual board with `tlsheap`; no other board has one. */
export async function tlsMemory({ board }: CaseBench): Promise<TlsMemory | Unavailable> {
  try {
    await board.exec('import gc\ngc.collect()\n__import__("wirewrap_virtual").tls_memory');
  } catch (error) {
    if (error instanceof MicroPythonError && error.type !== 'MemoryError') return NOT_COUNTED;
    throw error;
  }
  return {
    countExpression: "__import__('wirewrap_virtual').tls_memory()[0]",
    fail: async (first, last) => {
      await board.evaluate(py`__import__('wirewrap_virtual').tls_memory(fail=(${first}, ${last}))`);
    },
    limit: async (bytes) => {
      await board.evaluate(py`__import__('wirewrap_virtual').tls_memory(limit=${bytes})`);
    },
    held: async () => {
      const [, now, most] = await board.evaluate<[number, number, number]>(
        "__import__('wirewrap_virtual').tls_memory()",
      );
      return { now, most };
    },
  };
}
