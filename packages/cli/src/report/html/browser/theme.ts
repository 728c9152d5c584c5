const THEMES = ['system', 'light', 'dark'] as const;
const KEY = 'wirewrap.theme';

/** A page opened from a file may have no storage: the choice then lasts as long as the page. */
function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch (error) {
    console.debug('No stored theme:', error);
    return null;
  }
}

function store(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch (error) {
    console.debug('The theme is not stored:', error);
  }
}

/** Light, dark, or as the system has it. */
export function startTheme(button: HTMLElement): void {
  let theme = THEMES.find((name) => name === stored()) ?? 'system';
  const apply = () => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    store(theme);
    apply();
  });
  apply();
}
