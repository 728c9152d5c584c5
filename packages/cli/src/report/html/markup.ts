/** Text that is markup already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type MarkupContent = Markup | string | number | null | undefined | false | readonly MarkupContent[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Control characters other than tab, line feed and carriage return are not allowed in HTML: they are spelt out.
const CONTROLS = /(?![\t\n\r])\p{Cc}/gu;

function spell(control: string): string {
  return `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign).replace(CONTROLS, spell);
}

function render(content: MarkupContent): string {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Markup) return content.text;
  return Array.isArray(content) ? content.map(render).join('') : escapeMarkup(String(content));
}

/** A template whose values are escaped; markup inside markup stays as it is. Attribute values stand in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly MarkupContent[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...values.map(render)));
}
