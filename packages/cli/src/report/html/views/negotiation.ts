import type { WireDetail } from '@wirewrap/conformance';
import { html, type Markup } from '../markup.ts';

type Hello = NonNullable<WireDetail['clientHello']>;

function names(list: readonly { readonly number: number; readonly name: string }[]): Markup {
  return list.length === 0
    ? html`none`
    : html`<ol class="offers">${list.map(({ number, name }) => html`<li>${name}<span class="note">0x${number.toString(16).padStart(4, '0')}</span></li>`)}</ol>`;
}

function offers(hello: Hello): Markup {
  const { versions, cipherSuites, groups, signatureAlgorithms, extensions, serverName, alpn, bytes } = hello;
  return html`<section class="part"><h3>ClientHello of the ${hello.sender === 'board' ? 'board' : 'host'}</h3>
<dl><div><dt>versions</dt><dd>${versions.join(', ')}</dd></div><div><dt>server name</dt><dd>${serverName ?? 'not sent'}</dd></div><div><dt>ALPN</dt><dd>${alpn.join(', ') || 'not sent'}</dd></div><div><dt>extensions</dt><dd>${extensions.join(', ') || 'none'}</dd></div><div><dt>size</dt><dd>${bytes} bytes</dd></div></dl>
<details><summary>${cipherSuites.length} cipher suites, ${groups.length} groups, ${signatureAlgorithms.length} signature algorithms</summary>
<div class="columns"><div><h4>Cipher suites</h4>${names(cipherSuites)}</div><div><h4>Groups</h4>${names(groups)}</div><div><h4>Signature algorithms</h4>${names(signatureAlgorithms)}</div></div></details></section>`;
}

/** What was offered and what was chosen. */
export function negotiation(wire: WireDetail): Markup {
  const chosen = wire.negotiated;
  const result =
    chosen === null
      ? html`<p class="empty">The server chose nothing: no ServerHello was seen.</p>`
      : html`<dl><div><dt>version</dt><dd>${chosen.version}</dd></div><div><dt>cipher suite</dt><dd>${chosen.cipherSuite}</dd></div><div><dt>group</dt><dd>${chosen.group ?? 'none'}</dd></div><div><dt>signature</dt><dd>${chosen.signature ?? 'none'}</dd></div><div><dt>ALPN</dt><dd>${chosen.alpn ?? 'none'}</dd></div><div><dt>resumed</dt><dd>${chosen.resumed ? 'yes' : 'no'}</dd></div><div><dt>client certificate</dt><dd>${wire.clientCertificateRequested ? 'requested' : 'not requested'}</dd></div></dl>`;
  return html`<section class="part"><h3>${wire.handshakeCompleted ? 'Negotiated' : 'Chosen by the server; the handshake was not completed'}</h3>${result}</section>${wire.clientHello && offers(wire.clientHello)}`;
}
