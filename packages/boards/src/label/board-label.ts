/** Short names of boards for lines and file names: `ttyUSB0`, `virtual`, `192.168.1.7:2000`; unique within the list. */
export function labelBoards(urls: readonly string[]): string[] {
  const labels: string[] = [];
  for (const url of urls) {
    const label = shortName(url);
    const twins = labels.filter((other) => other === label || other.startsWith(`${label}#`)).length;
    labels.push(twins === 0 ? label : `${label}#${twins + 1}`);
  }
  return labels;
}

function shortName(url: string): string {
  const [withoutQuery = url, query] = url.split('?', 2);
  const scheme = /^([a-z][a-z0-9+.-]*):(?:\/\/)?(.*)$/i.exec(withoutQuery);
  const target = scheme ? (scheme[2] ?? '') : withoutQuery;
  const base = target.startsWith('/') ? target.replace(/^\/dev\/(serial\/by-id\/)?/, '') : target;
  const name = base || withoutQuery;
  return scheme?.[1] === 'virtual' || withoutQuery === 'virtual' ? (query ? `virtual ${query}` : 'virtual') : name;
}

/** The label as part of a file name. */
export function fileNameOf(label: string): string {
  return label.replace(/[^A-Za-z0-9._-]+/g, '-');
}
