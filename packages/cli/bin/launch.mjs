// Plain JavaScript that old versions of Node can still parse: it decides whether this Node can run the TypeScript.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

var remedy = 'npx --yes -p node@24 -p pnpm@12 pnpm start';

/** Whether `version` (as in process.versions.node) is at least 22.12. */
export function isRecentEnough(version) {
  var parts = version.split('.').map(Number);
  return parts[0] > 22 || (parts[0] === 22 && parts[1] >= 12);
}

/** Runs a TypeScript module of this repository: in this process where Node strips types, else in one that does. */
export function launch(moduleUrl) {
  if (!isRecentEnough(process.versions.node)) {
    console.error(`wirewrap: this is Node ${process.versions.node}, and 22.12 or newer is needed; run \`${remedy}\`.`);
    process.exit(2);
  }
  if (process.features.typescript) {
    silenceTypeStrippingWarning();
    import(moduleUrl.href).catch(fail);
    return;
  }
  startWithTypeStripping(moduleUrl);
}

function fail(error) {
  console.error(error);
  process.exit(1);
}

/** Node 22.18 to 24 call type stripping experimental, once, on stderr, where our own sentence belongs. */
function silenceTypeStrippingWarning() {
  var emitWarning = process.emitWarning;
  process.emitWarning = (...args) => {
    var type = args[1];
    var kind = type && typeof type === 'object' ? type.type : type;
    if (kind === 'ExperimentalWarning' && /type stripping/i.test(String(args[0]))) return;
    return emitWarning.apply(process, args);
  };
}

/** Node 22.12 to 22.17: through NODE_OPTIONS, so that processes that we start strip types too. */
function startWithTypeStripping(moduleUrl) {
  var flags = '--experimental-strip-types --disable-warning=ExperimentalWarning';
  var options = process.env.NODE_OPTIONS ? `${process.env.NODE_OPTIONS} ${flags}` : flags;
  var child = spawn(process.execPath, [fileURLToPath(moduleUrl)].concat(process.argv.slice(2)), {
    stdio: 'inherit',
    env: Object.assign({}, process.env, { NODE_OPTIONS: options }),
  });
  // A terminal sends Ctrl-C to both processes: the child decides, this one only waits for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {
    child.kill('SIGTERM');
  });
  child.on('error', fail);
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
