import { type JsonName, Name } from '@peculiar/x509';
import { CertgenError } from '../errors.ts';
import type { NameAttribute } from '../recipe/certificate-draft.ts';
import { NAME_ATTRIBUTE_TYPES, type NameAttributeType } from '../recipe/name-attribute-type.ts';

/** ASN.1 string types in the words of @peculiar/x509. */
type StringType = 'utf8String' | 'printableString' | 'ia5String';

interface AttributeSyntax {
  readonly oid: string;
  readonly string: StringType;
}

/** RFC 5280 appendix A.1: `emailAddress` and `DC` are IA5String, `C` and `serialNumber` PrintableString. */
const SYNTAXES: Readonly<Record<NameAttributeType, AttributeSyntax>> = {
  C: { oid: '2.5.4.6', string: 'printableString' },
  ST: { oid: '2.5.4.8', string: 'utf8String' },
  L: { oid: '2.5.4.7', string: 'utf8String' },
  O: { oid: '2.5.4.10', string: 'utf8String' },
  OU: { oid: '2.5.4.11', string: 'utf8String' },
  CN: { oid: '2.5.4.3', string: 'utf8String' },
  serialNumber: { oid: '2.5.4.5', string: 'printableString' },
  emailAddress: { oid: '1.2.840.113549.1.9.1', string: 'ia5String' },
  title: { oid: '2.5.4.12', string: 'utf8String' },
  GN: { oid: '2.5.4.42', string: 'utf8String' },
  SN: { oid: '2.5.4.4', string: 'utf8String' },
  DC: { oid: '0.9.2342.19200300.100.1.25', string: 'ia5String' },
};

/** A distinguished name, attributes in the given order. `CertgenError` for an attribute that is not in the table. */
export function distinguishedName(attributes: readonly NameAttribute[]): Name {
  // JsonName's type knows plain strings only, its reader takes `{ utf8String }` too.
  return new Name(attributes.map(attribute) as unknown as JsonName);
}

function attribute([type, value]: NameAttribute): object {
  if (!Object.hasOwn(SYNTAXES, type)) {
    throw new CertgenError(
      'BAD_RECIPE',
      `The subject has an attribute ${JSON.stringify(type)}, which is not known: use ${NAME_ATTRIBUTE_TYPES.join(', ')}.`,
    );
  }
  const { oid, string } = SYNTAXES[type];
  return { [oid]: [{ [string]: value }] };
}
