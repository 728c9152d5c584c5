/** A glob of BoGo's runner (Go's `filepath.Match`): `*` and `?` stand for any characters of a name, `[…]` for one of a class. */
export function globMatches(glob: string, name: string): boolean {
  const source = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(name);
}
