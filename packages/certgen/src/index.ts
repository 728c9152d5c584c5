export type { CertificateBundle, CertificateFile } from './certificate-bundle.ts';
export type { CertificateRequest } from './certificate-request.ts';
export type { WallClock } from './clock.ts';
export { createPki, DEFAULT_HOST, type PkiOptions } from './create-pki.ts';
export { CertgenError, type CertgenErrorCode } from './errors.ts';
export { explainProfile, listProfiles } from './explain-profile.ts';
export { FILE_PASSWORD } from './files/file-password.ts';
export { KEY_KINDS, type KeyKind } from './keys/key-kind.ts';
export { didYouMean, nearWords } from './near-words.ts';
export { derOf, type PemLabel, toPem } from './pem.ts';
export type { Pki } from './pki.ts';
export { type DraftChange, ProfileBuilder } from './profile-builder.ts';
export { findProfile } from './profiles/find-profile.ts';
export { PROFILES, type ProfileName } from './profiles/index.ts';
export { SERVER_CASES, type ServerCase } from './profiles/server-cases.ts';
export { BEND_NAMES, type BendName } from './recipe/bend-name.ts';
export type { AltName, CertificateDraft, Recipe, RecipeEntry, RevocationDraft } from './recipe/certificate-draft.ts';
export type {
  CertificateProfile,
  MbedtlsFlag,
  MbedtlsVerdict,
  OpensslSays,
  OpensslVerdict,
  ProfileGroup,
  TableProfile,
} from './recipe/certificate-profile.ts';
export { FILE_SHAPE_NAMES, type FileShapeName } from './recipe/file-shape-name.ts';
export { NAME_ATTRIBUTE_TYPES, type NameAttributeType } from './recipe/name-attribute-type.ts';
export { RecipeContext } from './recipe/recipe-context.ts';
export { type WriteOptions, type WrittenCertificates, writeCertificates } from './write-certificates.ts';
