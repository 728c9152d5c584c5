/** How a board tells that it waited in vain: names of errors, and of what ends a call that has no time-out. */
const IN_VAIN: readonly unknown[] = ['ETIMEDOUT', 'EAGAIN', 'BoardGaveUp', 'KeyboardInterrupt'];

/**
 * Whether an error says that a board waited for something that did not come.
 *
 * @example hasWaitedInVain({ name: 'ETIMEDOUT', type: 'OSError' }); // true
 */
export function hasWaitedInVain({ name, type }: { readonly name?: unknown; readonly type?: unknown }): boolean {
  return IN_VAIN.includes(name ?? type);
}
