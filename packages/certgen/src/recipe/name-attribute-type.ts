/** Attributes of a distinguished name that a draft may use, by the short names that OpenSSL prints. */
export const nameAttributeTypes = [
  'C',
  'ST',
  'L',
  'O',
  'OU',
  'CN',
  'serialNumber',
  'emailAddress',
  'title',
  'GN',
  'SN',
  'DC',
] as const;

export type NameAttributeType = (typeof nameAttributeTypes)[number];
