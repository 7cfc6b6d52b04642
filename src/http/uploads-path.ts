/** Where files are sent, below the prefix of the site. */
export const uploadsPath = 'mcp/uploads/';

/** A path for the log: a ticket is as good as leave to write. */
export const withoutTicket = (path: string): string => {
  const at = path.indexOf(`/${uploadsPath}`);
  return at === -1 ? path : path.slice(0, at + 1 + uploadsPath.length);
};
