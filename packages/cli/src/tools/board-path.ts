/** A path as it was typed: on the board with a `:` in front, as mpremote has it, or on this computer. */
export interface TypedPath {
  readonly on: 'board' | 'host';
  /** Without the `:` and without slashes at its end; empty for the board's current folder. */
  readonly path: string;
  /** A slash at the end says that a folder is meant. */
  readonly folder: boolean;
}

/** Reads one argument of `cp`. */
export function parseTypedPath(typed: string): TypedPath {
  const on = typed.startsWith(':') ? 'board' : 'host';
  return { on, ...withoutSlashes(on === 'board' ? typed.slice(1) : typed) };
}

/** A path on the board, where the `:` may be left out. */
export function boardPath(typed: string): string {
  return withoutSlashes(typed.startsWith(':') ? typed.slice(1) : typed).path;
}

export function joinPath(folder: string, name: string): string {
  if (folder === '') return name;
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

export function baseName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

function withoutSlashes(path: string): { path: string; folder: boolean } {
  const cut = path.replace(/\/+$/, '');
  return { path: cut === '' && path !== '' ? '/' : cut, folder: path.endsWith('/') };
}
