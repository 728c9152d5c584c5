export function isRecentEnough(version: string): boolean;
export function launch(moduleUrl: URL): void;
