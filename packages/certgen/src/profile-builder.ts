import type { CertificateBundle } from './certificate-bundle.ts';
import type { CertificateRequest } from './certificate-request.ts';
import { CertgenError } from './errors.ts';
import type { Recipe, RecipeEntry } from './recipe/certificate-draft.ts';
import type { CertificateProfile, MbedtlsVerdict, OpensslVerdict, ProfileGroup } from './recipe/certificate-profile.ts';
import type { FileShapeName } from './recipe/file-shape-name.ts';
import type { RecipeContext } from './recipe/recipe-context.ts';

/** Fields to put in place of those that stand there; a function sees them, and the host, key and calendar. */
export type DraftChange = Partial<RecipeEntry> | ((draft: RecipeEntry, context: RecipeContext) => Partial<RecipeEntry>);

type Make = (profile: CertificateProfile, request?: CertificateRequest) => Promise<CertificateBundle>;
type RecipeStep = (recipe: Recipe, context: RecipeContext) => Recipe;

/**
 * A profile that grows from another one. Every method returns a new builder; each builder is a profile that
 * `pki.certificate` takes. The base's verdicts do not carry over: say with `expects` what should come of it.
 *
 * @example
 * const weak = createPki().profile('good').named('sha1-leaf').leaf({ hash: 'sha1' });
 * const bundle = await weak.certificate({ host: 'board.test' });
 */
export class ProfileBuilder implements CertificateProfile {
  readonly name: string;
  readonly group: ProfileGroup;
  readonly role: 'server' | 'client';
  readonly what: string;
  readonly wrong: string | null;
  readonly refuse: string | null;
  readonly host: string | undefined;
  readonly files: FileShapeName | undefined;
  readonly openssl: OpensslVerdict | undefined;
  readonly mbedtls: MbedtlsVerdict | undefined;
  readonly recipe: (context: RecipeContext) => Recipe;
  readonly #make: Make | undefined;

  constructor(profile: CertificateProfile, make?: Make) {
    this.name = profile.name;
    this.group = profile.group;
    this.role = profile.role ?? 'server';
    this.what = profile.what;
    this.wrong = profile.wrong;
    this.refuse = profile.refuse;
    this.host = profile.host;
    this.files = profile.files;
    this.openssl = profile.openssl;
    this.mbedtls = profile.mbedtls;
    this.recipe = profile.recipe;
    this.#make = make;
  }

  named(name: string): ProfileBuilder {
    return this.#with({ name });
  }

  /** What it is, what is wrong with it, and who should refuse it. */
  described(words: Partial<Pick<CertificateProfile, 'what' | 'wrong' | 'refuse'>>): ProfileBuilder {
    return this.#with(words);
  }

  /** The default host. */
  forHost(host: string): ProfileBuilder {
    return this.#with({ host });
  }

  expects(verdicts: Partial<Pick<CertificateProfile, 'openssl' | 'mbedtls'>>): ProfileBuilder {
    return this.#with(verdicts);
  }

  /** Overrides any field of the leaf. */
  leaf(change: DraftChange): ProfileBuilder {
    return this.override('leaf', change);
  }

  /** Overrides any field of a certificate that the recipe has: `root`, `intermediate`, … */
  override(label: string, change: DraftChange): ProfileBuilder {
    return this.#step((recipe, context) => {
      const draft = recipe.certificates[label];
      if (draft === undefined) throw unknownLabel(this.name, label, recipe);
      const fields = typeof change === 'function' ? change(draft, context) : change;
      return { ...recipe, certificates: { ...recipe.certificates, [label]: { ...draft, ...fields } } };
    });
  }

  /** Adds a certificate under a new label: an authority, or whatever `make` drafts. */
  add(label: string, make: (context: RecipeContext) => RecipeEntry): ProfileBuilder {
    return this.#step((recipe, context) => ({
      ...recipe,
      certificates: { ...recipe.certificates, [label]: make(context) },
    }));
  }

  /** What the presenting end sends after the leaf, in that order. */
  serves(...labels: readonly string[]): ProfileBuilder {
    return this.#step((recipe) => ({ ...recipe, serve: labels }));
  }

  /** The anchors of the other end. */
  trusts(...labels: readonly string[]): ProfileBuilder {
    return this.#step((recipe) => ({ ...recipe, trust: labels }));
  }

  /** Hands out a key of this role with the leaf instead of the leaf's own. */
  withKeyOf(role: string): ProfileBuilder {
    return this.#step((recipe, context) => ({ ...recipe, key: context.keyOf(role) }));
  }

  inFiles(files: FileShapeName): ProfileBuilder {
    return this.#with({ files });
  }

  /** Makes it; only on a builder that came from `pki.profile`. */
  certificate(request?: CertificateRequest): Promise<CertificateBundle> {
    if (this.#make === undefined) {
      const message = `The profile ${JSON.stringify(this.name)} knows no Pki: use pki.certificate(profile) instead.`;
      return Promise.reject(new CertgenError('BAD_REQUEST', message));
    }
    return this.#make(this, request);
  }

  #step(step: RecipeStep): ProfileBuilder {
    const { recipe } = this;
    return this.#with({ recipe: (context) => step(recipe(context), context) });
  }

  #with(changes: Partial<CertificateProfile>): ProfileBuilder {
    const unknown = 'recipe' in changes || 'files' in changes ? { openssl: undefined, mbedtls: undefined } : {};
    const own = { ...this, ...unknown, ...changes };
    return new ProfileBuilder(own, this.#make);
  }
}

function unknownLabel(profile: string, label: string, recipe: Recipe): CertgenError {
  const known = Object.keys(recipe.certificates).join(', ');
  return new CertgenError(
    'BAD_RECIPE',
    `The profile ${JSON.stringify(profile)} has no certificate ${JSON.stringify(label)}: it has ${known}.`,
  );
}
