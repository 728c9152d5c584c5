// What Node 22 and 23 lack of the language that our TypeScript is written in: `await using` and its stack, and before
// 22.18 the stripping of types. Loaded with --import, so that processes which we start have it too.
import * as nodeModule from 'node:module';
import { load } from './node-22-load.mjs';

const require = nodeModule.createRequire(import.meta.url);

/** The helpers that the transform's output calls, loaded when one is called for. */
globalThis.babelHelpers ??= new Proxy(
  {},
  {
    get(_helpers, name) {
      const helper = require(`@oxc-project/runtime/helpers/${String(name)}`);
      return helper.default ?? helper;
    },
  },
);

/** AsyncDisposableStack as ECMA-262 has it since explicit resource management, as far as this repository uses it. */
class AsyncDisposableStackOfNode22 {
  #undo = [];
  #disposed = false;

  get disposed() {
    return this.#disposed;
  }

  use(resource) {
    const dispose = resource?.[Symbol.asyncDispose] ?? resource?.[Symbol.dispose];
    if (resource === null || resource === undefined) return resource;
    if (typeof dispose !== 'function') throw new TypeError('Object is not disposable.');
    this.defer(() => dispose.call(resource));
    return resource;
  }

  adopt(value, dispose) {
    this.defer(() => dispose(value));
    return value;
  }

  defer(dispose) {
    if (this.#disposed) throw new ReferenceError('The stack has been disposed of.');
    this.#undo.push(dispose);
  }

  move() {
    const moved = new AsyncDisposableStackOfNode22();
    moved.#undo = this.#undo;
    this.#undo = [];
    this.#disposed = true;
    return moved;
  }

  async disposeAsync() {
    this.#disposed = true;
    const failures = [];
    for (const dispose of this.#undo.splice(0).reverse()) {
      try {
        await dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 1) throw new AggregateError(failures, failures.at(-1)?.message);
    if (failures.length === 1) throw failures[0];
  }

  [Symbol.asyncDispose]() {
    return this.disposeAsync();
  }
}

globalThis.AsyncDisposableStack ??= AsyncDisposableStackOfNode22;

// 22.15 has hooks in the same thread; before, they run in one of their own.
if (nodeModule.registerHooks) nodeModule.registerHooks({ load });
else nodeModule.register('./node-22-load.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
