// Plain JavaScript that old versions of Node can still parse: it decides how this Node can run the TypeScript.
var ofRepository = 'run `npx --yes -p node@24 -p pnpm@12 pnpm start`';

/** Whether `version` (as in process.versions.node) is at least 22.12. */
export function isRecentEnough(version) {
  var parts = version.split('.').map(Number);
  return parts[0] > 22 || (parts[0] === 22 && parts[1] >= 12);
}

/**
 * Runs a module: as it is where Node can, else with what Node 22 lacks added (the types of TypeScript, of which the user's
 * configuration is written, and a class). `remedy` is what to do when this Node is too old.
 */
export function launch(moduleUrl, remedy = ofRepository) {
  if (!isRecentEnough(process.versions.node)) {
    console.error(`wirewrap: this is Node ${process.versions.node}, and 22.12 or newer is needed; ${remedy}.`);
    process.exit(2);
  }
  silenceExperimentalWarnings();
  var complete = process.features.typescript && typeof AsyncDisposableStack === 'function';
  var ready = complete ? Promise.resolve() : addWhatNode22Lacks();
  ready
    .then(() => import(moduleUrl.href))
    .catch((error) => {
      console.error(error);
      process.exit(1);
    });
}

function addWhatNode22Lacks() {
  var addition = new URL('./node-22.mjs', import.meta.url).href;
  var options = process.env.NODE_OPTIONS ? `${process.env.NODE_OPTIONS} ` : '';
  // Workers of vitest and other processes that we start need it as well.
  process.env.NODE_OPTIONS = `${options}--import=${addition} --disable-warning=ExperimentalWarning`;
  return import(addition);
}

/** Node 22 and 24 call type stripping and module hooks experimental, on stderr, where our own sentence belongs. */
function silenceExperimentalWarnings() {
  var emitWarning = process.emitWarning;
  process.emitWarning = (...args) => {
    var type = args[1];
    var kind = type && typeof type === 'object' ? type.type : type;
    if (kind === 'ExperimentalWarning') return;
    emitWarning.apply(process, args);
  };
}
