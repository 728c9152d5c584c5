const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

// XML 1.0 has no way to write these, not even as a reference.
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

function clean(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd');
}

/** Line breaks in an attribute would be read as spaces: they are written as references. */
export function xmlAttribute(text: string): string {
  return clean(text).replace(/[&<>"\n\r\t]/g, (sign) => ENTITIES[sign] ?? sign);
}

export function xmlText(text: string): string {
  return clean(text).replace(/[&<>\r]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** ` name="value"` for each that is defined. */
export function xmlAttributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${xmlAttribute(String(value))}"`))
    .join('');
}
