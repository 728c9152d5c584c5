/**
 * Ctrl-C in a terminal reaches the workers too. One that holds a board must live on to close its connections and its
 * port; the command, which receives the same signal, ends the run within two seconds.
 */
const marker = Symbol.for('wirewrap.outlive-interrupt');

if (!process.listeners('SIGINT').some((listener) => marker in listener)) {
  process.on(
    'SIGINT',
    Object.assign(() => {}, { [marker]: true }),
  );
}
