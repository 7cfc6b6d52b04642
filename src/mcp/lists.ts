/** The lists are the same for every caller and change only with a restart. */
export const listCache = { ttlMs: 3_600_000, cacheScope: 'public' } as const;
/** But for requests that narrow it by a header, which caches do not tell apart. */
export const noCache = { ttlMs: 0, cacheScope: 'private' } as const;
