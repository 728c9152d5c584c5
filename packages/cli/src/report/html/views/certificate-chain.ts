import type { CertificateDetail } from '@wirewrap/conformance';
import { html, type Markup } from '../markup.ts';

function row(term: string, value: string | null): Markup {
  return value ? html`<div><dt>${term}</dt><dd>${value}</dd></div>` : html``;
}

function one(certificate: CertificateDetail, index: number): Markup {
  const { subject, issuer, notBefore, notAfter, names, key, authority, selfIssued, sha256, pem, unreadable } =
    certificate;
  const kind = index === 0 ? 'leaf' : authority ? (selfIssued ? 'root' : 'intermediate') : 'extra';
  if (unreadable !== undefined) {
    return html`<li class="certificate"><p class="kind">${kind}</p><p>Not readable as a certificate: ${unreadable}</p><details><summary>PEM</summary><pre>${pem}</pre></details></li>`;
  }
  return html`<li class="certificate"><p class="kind">${kind}${index === 0 && selfIssued && html` · self-signed`}</p>
<dl>${row('subject', subject)}${row('issuer', issuer)}${row('valid', `${notBefore.replace('.000Z', 'Z')} to ${notAfter.replace('.000Z', 'Z')}`)}${row('names', names.join(', ') || 'none')}${row('key', key)}${row('SHA-256', sha256)}</dl>
<details><summary>PEM</summary><pre tabindex="0">${pem}</pre></details></li>`;
}

export function certificateChain(title: string, chain: readonly CertificateDetail[]): Markup {
  if (chain.length === 0) return html``;
  return html`<section class="part"><h3>${title}</h3><ol class="chain">${chain.map(one)}</ol></section>`;
}
