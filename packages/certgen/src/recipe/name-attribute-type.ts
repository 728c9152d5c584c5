/** Attributes of a distinguished name that a draft may use, by the short names that OpenSSL prints. */
export const NAME_ATTRIBUTE_TYPES = [
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

/** An attribute of a subject, such as `CN`. */
export type NameAttributeType = (typeof NAME_ATTRIBUTE_TYPES)[number];
