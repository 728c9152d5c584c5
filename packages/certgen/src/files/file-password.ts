/** What encrypted files of the table are locked with. Not a secret. */
export const FILE_PASSWORD = 'wirewrap';
