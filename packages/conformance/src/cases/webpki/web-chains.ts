import type { KeyKind, Recipe, RecipeContext, RecipeEntry } from '@wirewrap/certgen';

/** A chain in the shape of one of the public web's, good or with one fault. */
export interface WebChain {
  readonly name: string;
  /** What is wrong with it; null when a path to the anchor exists. */
  readonly fault: string | null;
  readonly recipe: (context: RecipeContext) => Recipe;
}

const authority = (
  c: RecipeContext,
  role: string,
  kind: KeyKind,
  issuer: string | null,
  more: Partial<RecipeEntry> = {},
): RecipeEntry => c.authority(role, issuer, { key: c.keyOf(role, kind), ...more });

const leaf = (c: RecipeContext, kind: KeyKind, issuer: string, more: Partial<RecipeEntry> = {}): RecipeEntry =>
  c.leaf({ key: c.keyOf('leaf', kind), issuer, ...more });

const yesterday = (c: RecipeContext) => ({ notAfter: c.calendar.day(-0.5) });

/** An ECDSA leaf under an ECDSA intermediate under an RSA-4096 root, whose older cross-certificate has expired. */
function letsEncrypt(c: RecipeContext): Recipe {
  return {
    certificates: {
      old: authority(c, 'old root', 'rsa-2048', null, yesterday(c)),
      cross: authority(c, 'x1', 'rsa-4096', 'old', yesterday(c)),
      x1: authority(c, 'x1', 'rsa-4096', null),
      e7: authority(c, 'e7', 'p-384', 'x1', { ca: { pathLength: 0 } }),
      leaf: leaf(c, 'p-256', 'e7'),
    },
    serve: ['e7'],
    trust: ['x1'],
  };
}

/** ECDSA up to a root that is cross-signed by an RSA root which every old device has. */
function google(c: RecipeContext): Recipe {
  return {
    certificates: {
      old: authority(c, 'old rsa root', 'rsa-2048', null),
      cross: authority(c, 'r4', 'p-384', 'old'),
      r4: authority(c, 'r4', 'p-384', null),
      we1: authority(c, 'we1', 'p-256', 'r4', { ca: { pathLength: 0 } }),
      leaf: leaf(c, 'p-256', 'we1'),
    },
    serve: ['we1', 'cross'],
    trust: ['r4'],
  };
}

/** RSA throughout; the server sends two cross-certificates, up to a root that has expired. */
function amazon(c: RecipeContext): Recipe {
  return {
    certificates: {
      class2: authority(c, 'class 2', 'rsa-2048', null, yesterday(c)),
      g2: authority(c, 'g2', 'rsa-2048', 'class2', yesterday(c)),
      g2root: authority(c, 'g2', 'rsa-2048', null),
      cross: authority(c, 'root 1', 'rsa-2048', 'g2root'),
      root1: authority(c, 'root 1', 'rsa-2048', null),
      m02: authority(c, 'm02', 'rsa-2048', 'root1', { ca: { pathLength: 0 } }),
      leaf: leaf(c, 'rsa-2048', 'm02'),
    },
    serve: ['m02', 'cross', 'g2'],
    trust: ['root1'],
  };
}

/** ECDSA throughout, one intermediate. */
function github(c: RecipeContext): Recipe {
  return {
    certificates: {
      e46: authority(c, 'e46', 'p-384', null),
      e36: authority(c, 'e36', 'p-256', 'e46', { ca: { pathLength: 0 } }),
      leaf: leaf(c, 'p-256', 'e36'),
    },
    serve: ['e36'],
    trust: ['e46'],
  };
}

const changed = (make: (c: RecipeContext) => Recipe, change: Partial<Recipe>) => (c: RecipeContext) => ({
  ...make(c),
  ...change,
});

export const WEB_CHAINS: readonly WebChain[] = [
  { name: 'lets-encrypt', fault: null, recipe: letsEncrypt },
  { name: 'lets-encrypt-expired-cross-sent', fault: null, recipe: changed(letsEncrypt, { serve: ['e7', 'cross'] }) },
  {
    name: 'lets-encrypt-old-root-alone',
    fault: 'the board has only the root that expired, as in September 2021',
    recipe: changed(letsEncrypt, { serve: ['e7', 'cross'], trust: ['old'] }),
  },
  { name: 'google', fault: null, recipe: google },
  { name: 'google-old-root', fault: null, recipe: changed(google, { trust: ['old'] }) },
  {
    name: 'google-without-cross',
    fault: 'the server leaves out the cross-certificate that an old device needs',
    recipe: changed(google, { serve: ['we1'], trust: ['old'] }),
  },
  { name: 'amazon', fault: null, recipe: amazon },
  { name: 'amazon-old-root', fault: null, recipe: changed(amazon, { trust: ['g2root'] }) },
  {
    name: 'amazon-without-intermediate',
    fault: 'the server leaves out the intermediate',
    recipe: changed(amazon, { serve: ['cross', 'g2'] }),
  },
  { name: 'github', fault: null, recipe: github },
  {
    name: 'github-expired-leaf',
    fault: 'the leaf was not renewed in time',
    recipe: (c) => {
      const good = github(c);
      return { ...good, certificates: { ...good.certificates, leaf: leaf(c, 'p-256', 'e36', yesterday(c)) } };
    },
  },
];
