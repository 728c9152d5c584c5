import type { KeyKind, Recipe, RecipeContext, RecipeEntry } from '@wirewrap/certgen';

/**
 * A chain in the shape of one of the public web's, good or with one fault. The shapes are those that the authorities publish:
 * letsencrypt.org/certificates (January 2026), pki.goog (March 2025), AWS Security Blog (August 2024), Sectigo's hierarchy of
 * public roots (2025). Keys, names and dates are ours.
 */
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

/** RSA throughout, up to a root that is cross-signed by the one before it; that one's own cross-certificate has expired. */
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
    // Since August 2024 the chain ends here; before it the expired cross-certificate of g2 came as well.
    serve: ['m02', 'cross'],
    trust: ['root1'],
  };
}

const SERVER_ONLY = { extendedKeyUsage: ['serverAuth'] } as const;

/** Let's Encrypt's Generation Y of 2026: a new ECDSA root, cross-signed by the one before it, which the RSA root cross-signed. */
function generationY(c: RecipeContext): Recipe {
  return {
    certificates: {
      x1: authority(c, 'x1', 'rsa-4096', null),
      x2: authority(c, 'x2', 'p-384', 'x1'),
      yeCross: authority(c, 'ye', 'p-384', 'x2', SERVER_ONLY),
      ye: authority(c, 'ye', 'p-384', null),
      ye1: authority(c, 'ye1', 'p-384', 'ye', { ca: { pathLength: 0 }, ...SERVER_ONLY }),
      leaf: leaf(c, 'p-256', 'ye1'),
    },
    serve: ['ye1', 'yeCross', 'x2'],
    trust: ['x1'],
  };
}

/** ECDSA throughout, up to a root that is cross-signed by the one before it, in which browsers no longer trust. */
function github(c: RecipeContext): Recipe {
  return {
    certificates: {
      old: authority(c, 'old ecc root', 'p-384', null),
      cross: authority(c, 'e46', 'p-384', 'old'),
      e46: authority(c, 'e46', 'p-384', null),
      e36: authority(c, 'e36', 'p-256', 'e46', { ca: { pathLength: 0 } }),
      leaf: leaf(c, 'p-256', 'e36'),
    },
    serve: ['e36', 'cross'],
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
  { name: 'lets-encrypt-y', fault: null, recipe: generationY },
  { name: 'lets-encrypt-y-new-root', fault: null, recipe: changed(generationY, { trust: ['ye'] }) },
  {
    name: 'lets-encrypt-y-cross-without-purpose',
    // May 2026: against the rules of root programmes, and no fault in the eyes of a verifying peer.
    fault: null,
    recipe: (c) => {
      const good = generationY(c);
      return { ...good, certificates: { ...good.certificates, yeCross: authority(c, 'ye', 'p-384', 'x2') } };
    },
  },
  {
    name: 'lets-encrypt-y-without-cross',
    fault: 'the server leaves out the cross-certificates that a device with the roots of 2025 needs',
    recipe: changed(generationY, { serve: ['ye1'] }),
  },
  { name: 'google', fault: null, recipe: google },
  { name: 'google-old-root', fault: null, recipe: changed(google, { trust: ['old'] }) },
  {
    name: 'google-without-cross',
    fault: 'the server leaves out the cross-certificate that an old device needs',
    recipe: changed(google, { serve: ['we1'], trust: ['old'] }),
  },
  { name: 'amazon', fault: null, recipe: amazon },
  {
    name: 'amazon-expired-cross-sent',
    fault: null,
    recipe: changed(amazon, { serve: ['m02', 'cross', 'g2'] }),
  },
  {
    name: 'amazon-oldest-root-alone',
    fault: 'the board has only the root of 2016, to which the chain no longer leads since August 2024',
    recipe: changed(amazon, { trust: ['class2'] }),
  },
  { name: 'amazon-old-root', fault: null, recipe: changed(amazon, { trust: ['g2root'] }) },
  {
    name: 'amazon-without-intermediate',
    fault: 'the server leaves out the intermediate',
    recipe: changed(amazon, { serve: ['cross'] }),
  },
  { name: 'github', fault: null, recipe: github },
  { name: 'github-old-root', fault: null, recipe: changed(github, { trust: ['old'] }) },
  {
    name: 'github-without-cross',
    fault: 'the server leaves out the cross-certificate that a device with the old root alone needs',
    recipe: changed(github, { serve: ['e36'], trust: ['old'] }),
  },
  {
    name: 'github-expired-leaf',
    fault: 'the leaf was not renewed in time',
    recipe: (c) => {
      const good = github(c);
      return { ...good, certificates: { ...good.certificates, leaf: leaf(c, 'p-256', 'e36', yesterday(c)) } };
    },
  },
];
