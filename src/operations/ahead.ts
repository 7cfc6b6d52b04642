/**
 * Something that is begun now and waited for later, or not at all: until somebody waits, its
 * failure is nobody's.
 */
export const ahead = <T>(begun: Promise<T>): Promise<T> => {
  begun.catch(() => undefined);
  return begun;
};
