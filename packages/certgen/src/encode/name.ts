import { type JsonName, Name } from '@peculiar/x509';
import type { NameAttribute } from '../recipe/certificate-draft.ts';

/** A distinguished name in the given order; values are UTF8String except the country, which RFC 5280 wants printable. */
export function distinguishedName(attributes: readonly NameAttribute[]): Name {
  // JsonName's type knows plain strings only, its reader takes `{ utf8String }` too.
  return new Name(attributes.map(attribute) as unknown as JsonName);
}

function attribute([type, value]: NameAttribute): object {
  return { [type]: [type === 'C' ? { printableString: value } : { utf8String: value }] };
}
